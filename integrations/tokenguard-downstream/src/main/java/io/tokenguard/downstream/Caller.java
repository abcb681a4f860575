package io.tokenguard.downstream;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Revocation;

/**
 * Whose request is served: an accepted token, and its text. Immutable and thread-safe. Has a usable token in memory: keep it no
 * longer than the request; {@code toString} does not show it.
 */
public final class Caller {
    private final AccessToken token;
    private final String text;

    private Caller(AccessToken token, String text) {
        this.token = token;
        this.text = text;
    }

    /**
     * The sender of a request.
     *
     * @param token the token that a guard accepted
     * @param presented the same token as the request carries it, such as the {@code Authorization} field: with or without a scheme
     * @throws IllegalArgumentException if that is not the text of this token, so that no user gets the token of another one. The
     *     message does not show it
     */
    public static Caller of(AccessToken token, String presented) {
        if (!token.fingerprints().contains(Revocation.presented(presented).target())) {
            throw new IllegalArgumentException(
                    "the text is not that of the accepted token; pass the field of the same request that the token was accepted for");
        }
        return new Caller(token, withoutScheme(presented.strip()));
    }

    private static String withoutScheme(String field) {
        int start = field.length();
        while (start > 0 && field.charAt(start - 1) > ' ') {
            start--;
        }
        return field.substring(start);
    }

    AccessToken token() {
        return token;
    }

    String text() {
        return text;
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "Caller[not shown]";
    }
}
