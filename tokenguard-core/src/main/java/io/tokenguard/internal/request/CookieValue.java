package io.tokenguard.internal.request;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;

/** Reads the value of the cookie that holds the token: the token alone, as it is. */
final class CookieValue {
    private CookieValue() {}

    /**
     * The token in a cookie.
     *
     * @throws RefusedException if the value is empty, or not one token68
     */
    static PresentedCredentials.Cookie read(String value) throws RefusedException {
        if (value.isEmpty()) {
            throw new RefusedException(
                    RefusalReason.NO_CREDENTIALS,
                    "cookie",
                    () -> Finding.of("an empty cookie", "a token in the cookie"));
        }
        if (!Token68.isAt(value, 0)) {
            throw new RefusedException(
                    RefusalReason.COOKIE_MALFORMED, "", () -> Finding.of(describe(value), "the token alone, as it is"));
        }
        return new PresentedCredentials.Cookie(value, 0);
    }

    /** Contains nothing of the value. */
    private static String describe(String value) {
        if (value.charAt(0) == '"') {
            return "a value in quotes";
        }
        if (CredentialExtractor.namesToken(value)) {
            return "a value with a scheme";
        }
        return value.indexOf('%') < 0 ? "a value with a character that no token has" : "a percent-encoded value";
    }
}
