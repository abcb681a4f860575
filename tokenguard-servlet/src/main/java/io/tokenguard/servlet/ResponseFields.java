package io.tokenguard.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** Writes the guard's header fields into the response of a granted request. */
final class ResponseFields {
    private static final String ALLOW = "Access-Control-Allow-";

    private ResponseFields() {}

    /**
     * Adds the fields: another filter may have exposed fields of its own. Sets those of which browsers accept one value only,
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
}
