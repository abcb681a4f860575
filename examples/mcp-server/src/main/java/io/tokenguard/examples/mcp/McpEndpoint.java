package io.tokenguard.examples.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of the Streamable HTTP transport: one JSON-RPC message in each POST, one JSON object in each answer. The
 * filter in front of it has accepted the token.
 */
final class McpEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST_BYTES = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private final String ownOrigin;

    McpEndpoint(URI endpoint) {
        this.ownOrigin = endpoint.getScheme() + "://" + endpoint.getRawAuthority();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isForeign(request.getHeader("Origin"))) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        write(answer(body, request), response);
    }

    /** Another site's web page must not reach servers on this machine through a visitor's browser. */
    private boolean isForeign(@Nullable String origin) {
        return origin != null && !origin.equals(ownOrigin);
    }

    private static Reply answer(byte[] body, HttpServletRequest request) throws IOException {
        try {
            JsonNode message = JSON.readTree(body);
            return McpMethods.answer(
                    message,
                    request::getHeader,
                    TokenGuardFilter.accessToken(request).orElseThrow());
        } catch (JsonProcessingException malformed) {
            return Reply.error(400, null, Reply.PARSE_ERROR, "Parse error");
        }
    }

    private static void write(Reply reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        if (reply.body() != null) {
            byte[] json = JSON.writeValueAsBytes(reply.body());
            response.setContentType("application/json");
            response.setContentLength(json.length);
            response.getOutputStream().write(json);
        }
    }
}
