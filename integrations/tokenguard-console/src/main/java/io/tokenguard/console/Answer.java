package io.tokenguard.console;

import io.tokenguard.access.FeedAnswer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes responses, all with the header fields that keep browsers from misusing them. */
final class Answer {
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

    private Answer() {}

    /** A document. */
    static FeedAnswer json(int status, @Nullable Object document) {
        return of(status, "application/json", JsonText.of(document));
    }

    /** A document with the reason why a call failed. */
    static FeedAnswer error(int status, String reason) {
        return json(status, Map.of("error", reason));
    }

    static FeedAnswer of(int status, String contentType, String body) {
        return with(new FeedAnswer(status, SAFE, body), Map.of("Content-Type", contentType));
    }

    /** Without a body. */
    static FeedAnswer empty(int status, Map<String, String> headers) {
        return with(new FeedAnswer(status, SAFE, ""), headers);
    }

    /** The same with further header fields. */
    static FeedAnswer with(FeedAnswer answer, Map<String, String> further) {
        Map<String, String> all = new HashMap<>(answer.headers());
        all.putAll(further);
        return new FeedAnswer(answer.status(), all, answer.body());
    }
}
