package io.tokenguard.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request as it arrived. Immutable.
 *
 * @param method the HTTP method
 * @param path the path, with the query where there was one, still encoded
 * @param headers the values of each header field in the order sent; names are looked up without regard to case
 * @param body the first 64 KiB of the body, as text; empty where there was none
 */
public record RecordedRequest(String method, String path, Map<String, List<String>> headers, String body) {
    private static final int LONGEST_BODY = 64 * 1024;

    /** Copies the headers. */
    public RecordedRequest {
        TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * The first value of a header field.
     *
     * @param name in upper or lower case
     * @return empty if the field was not sent
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Shows method, path and the names of the header fields: their values may be credentials. */
    @Override
    public String toString() {
        return method + " " + path + " " + headers.keySet();
    }

    /**
     * The first value of a parameter of a form in the body (RFC 6749, appendix B).
     *
     * @param name as it is before it is encoded
     * @return empty if it was not sent, has no value or is not encoded correctly
     */
    public Optional<String> parameter(String name) {
        return Form.of(body).value(name);
    }

    static RecordedRequest of(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY);
        return new RecordedRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                new String(body, StandardCharsets.UTF_8));
    }
}
