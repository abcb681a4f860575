package io.tokenguard.console;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response.
 *
 * @param status the HTTP status
 * @param headers the header fields
 * @param body the body, sent in UTF-8
 */
record Answer(int status, Map<String, String> headers, String body) {
    /** Only files of this console, and no inline code or style: what an attacker can inject does not run. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> SAFE = Map.of(
            "Content-Security-Policy", CONTENT_POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    /** A document. */
    static Answer json(int status, @Nullable Object document) {
        return of(status, "application/json", JsonText.of(document));
    }

    /** A document with the reason why a call failed. */
    static Answer error(int status, String reason) {
        return json(status, Map.of("error", reason));
    }

    static Answer of(int status, String contentType, String body) {
        return new Answer(status, SAFE, body).with("Content-Type", contentType);
    }

    static Answer empty(int status) {
        return new Answer(status, SAFE, "");
    }

    Answer with(String header, String value) {
        return with(Map.of(header, value));
    }

    Answer with(Map<String, String> further) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(further);
        return new Answer(status, Map.copyOf(all), body);
    }
}
