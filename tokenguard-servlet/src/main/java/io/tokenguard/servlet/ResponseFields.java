package io.tokenguard.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** Writes the guard's header fields into the response of a granted request. */
final class ResponseFields {
    /** The request attribute that keeps the Jakarta REST feature behind the filter from naming the origin again. */
    private static final String ATTRIBUTE = "io.tokenguard.cors";

    private static final String ALLOW = "Access-Control-Allow-";

    private ResponseFields() {}

    /**
     * Adds the fields: another filter may have exposed fields of its own. Sets those of which browsers accept one value only,
     * because a dispatch within the same request writes them again.
     */
    static void write(Map<String, String> fields, HttpServletRequest request, HttpServletResponse response) {
        fields.forEach((name, value) -> {
            if (name.startsWith(ALLOW)) {
                response.setHeader(name, value);
                request.setAttribute(ATTRIBUTE, true);
            } else {
                response.addHeader(name, value);
            }
        });
    }
}
