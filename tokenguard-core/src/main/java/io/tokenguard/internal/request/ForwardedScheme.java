package io.tokenguard.internal.request;

import java.util.Locale;
import java.util.Set;

/** The scheme of a request as a proxy names it, brought to {@code https} or {@code http}. */
final class ForwardedScheme {
    /** WebSockets (RFC 6455 §3), and protocols by the names that ALPN has for them (RFC 9113 §3.1, RFC 9114 §3.1). */
    private static final Set<String> OVER_TLS = Set.of("https", "wss", "h2", "h3");

    private static final Set<String> IN_THE_CLEAR = Set.of("http", "ws", "h2c");

    private ForwardedScheme() {}

    /** {@code https} if the name means TLS, {@code http} if it means none; any other name in lower case. */
    static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (OVER_TLS.contains(lower)) {
            return "https";
        }
        return IN_THE_CLEAR.contains(lower) ? "http" : lower;
    }
}
