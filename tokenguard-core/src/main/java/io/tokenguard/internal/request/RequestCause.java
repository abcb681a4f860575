package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.HeaderFields;
import java.util.List;
import java.util.Set;

/**
 * What a browser says about who caused a request. Pages can't set these fields (Fetch Standard, forbidden request-headers).
 *
 * @param site the field Sec-Fetch-Site; empty if it is missing
 * @param origin the field Origin; empty if it is missing
 */
record RequestCause(String site, String origin) {
    static final String SAME_ORIGIN = "same-origin";
    static final String SAME_SITE = "same-site";
    static final String CROSS_SITE = "cross-site";
    static final String USER = "none";

    /** Several values: never from a browser, and equal to none that is accepted. */
    private static final String AMBIGUOUS = "several values";

    private static final String UNKNOWN = "of another form";
    private static final Set<String> SITES = Set.of(SAME_ORIGIN, SAME_SITE, CROSS_SITE, USER);
    private static final int LONGEST_ORIGIN = 280;

    /** RFC 9110 §9.2.1. TRACE is refused before, and other methods that are said to be safe have content. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    static RequestCause of(IncomingRequest request) {
        return new RequestCause(one(request.headers(), "Sec-Fetch-Site"), one(request.headers(), "Origin"));
    }

    private static String one(HeaderFields headers, String name) {
        List<String> values = headers.valuesOf(name);
        if (values.size() == 1) {
            return values.get(0).isEmpty() ? AMBIGUOUS : values.get(0);
        }
        return values.isEmpty() ? "" : AMBIGUOUS;
    }

    /** For the operator; a text that no browser sends is not shown. */
    String describe() {
        String shownSite =
                site.isEmpty() ? "no Sec-Fetch-Site" : "Sec-Fetch-Site " + (SITES.contains(site) ? site : UNKNOWN);
        boolean isShown = origin.equals("null") || isPlain(origin);
        return shownSite + (origin.isEmpty() ? ", no Origin" : ", Origin " + (isShown ? origin : UNKNOWN));
    }

    /** An origin as browsers write it has these characters only. */
    private static boolean isPlain(String origin) {
        return origin.length() <= LONGEST_ORIGIN
                && origin.contains("://")
                && origin.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || ":/.-".indexOf(c) >= 0);
    }

    /** Whether a request has no effects that its sender is responsible for. The begin of a WebSocket has: it is a GET. */
    static boolean isSafe(IncomingRequest request) {
        return SAFE.contains(request.method()) && !isHandshake(request);
    }

    /** Whether it asks for another protocol (RFC 6455 §4.1); a proxy may have removed Upgrade, but not the other fields. */
    static boolean isHandshake(IncomingRequest request) {
        HeaderFields headers = request.headers();
        return !headers.valuesOf("Upgrade").isEmpty()
                || !headers.valuesOf("Sec-WebSocket-Version").isEmpty()
                || !headers.valuesOf("Sec-WebSocket-Key").isEmpty();
    }

    /** Whether the user sees the answer as a page of its own: no other page can read it, or shows it in a frame. */
    static boolean isNavigation(IncomingRequest request) {
        boolean hasMethod = request.method().equals("GET") || request.method().equals("HEAD");
        return hasMethod
                && !isHandshake(request)
                && one(request.headers(), "Sec-Fetch-Mode").equals("navigate")
                && one(request.headers(), "Sec-Fetch-Dest").equals("document");
    }
}
