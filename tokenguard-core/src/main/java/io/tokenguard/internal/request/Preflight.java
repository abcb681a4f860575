package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.HeaderFields;

/** Recognizes CORS preflights, which never have credentials (Fetch standard, CORS-preflight fetch). */
public final class Preflight {
    private Preflight() {}

    /** Whether a request is a CORS preflight. */
    public static boolean isPreflight(IncomingRequest request) {
        return request.method().equals("OPTIONS") && hasItsFields(request.headers());
    }

    private static boolean hasItsFields(HeaderFields headers) {
        return headers.valuesOf("Origin").size() == 1
                && headers.valuesOf("Access-Control-Request-Method").size() == 1
                && headers.valuesOf("Authorization").isEmpty()
                && headers.valuesOf("Cookie").isEmpty();
    }
}
