package io.tokenguard.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;

/** Writes the guard's header fields into a response. */
final class ResponseFields {
    private static final String ALLOW = "Access-Control-Allow-";
    private static final String VARY = "Vary";

    private ResponseFields() {}

    /**
     * Adds the fields to the response of a granted request: another filter may have exposed fields of its own. Sets those of which browsers accept one value only,
     * because a dispatch within the same request writes them again.
     */
    static void write(Map<String, String> fields, HttpServletResponse response) {
        fields.forEach((name, value) -> {
            if (name.startsWith(ALLOW)) {
                response.setHeader(name, value);
            } else {
                response.addHeader(name, value);
            }
        });
    }

    /**
     * Replaces a field in an answer of the guard's own. {@code Vary} is added to: what the application stated about the request
     * still holds (RFC 9110 §12.5.5).
     */
    static void replace(HttpServletResponse response, String name, List<String> values) {
        if (name.equals(VARY)) {
            values.stream()
                    .filter(value -> !response.getHeaders(VARY).contains(value))
                    .forEach(value -> response.addHeader(VARY, value));
        } else {
            response.setHeader(name, values.get(0));
            values.stream().skip(1).forEach(value -> response.addHeader(name, value));
        }
    }
}
