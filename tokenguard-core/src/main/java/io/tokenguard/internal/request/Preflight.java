package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.HeaderFields;

/** Tells a true CORS preflight, which never carries credentials (Fetch standard, CORS-preflight fetch), from other requests. */
public final class Preflight {
    private Preflight() {}

    /** Whether a browser asks, before it sends a request, whether it may. */
    public static boolean isPreflight(IncomingRequest request) {
        HeaderFields headers = request.headers();
        return request.method().equals("OPTIONS")
                && headers.valuesOf("Origin").size() == 1
                && headers.valuesOf("Access-Control-Request-Method").size() == 1
                && headers.valuesOf("Authorization").isEmpty()
                && headers.valuesOf("Cookie").isEmpty();
    }
}
