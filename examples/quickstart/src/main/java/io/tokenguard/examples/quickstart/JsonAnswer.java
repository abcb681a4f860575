package io.tokenguard.examples.quickstart;

import io.tokenguard.testkit.TestJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes an object as the answer. */
final class JsonAnswer {
    private JsonAnswer() {}

    static void write(HttpServletResponse response, Map<String, Object> members) throws IOException {
        byte[] json = TestJson.write(members).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
