package io.tokenguard.internal.token;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;

/** Checks the form of an opaque token (RFC 6750 §2.1). */
public final class OpaqueToken {
    private OpaqueToken() {}

    /**
     * Requires visible ASCII characters, at least one.
     *
     * @param longest the greatest number of characters
     * @throws RefusedException if the token is longer, empty, or has another character
     */
    public static void require(String token, int longest) throws RefusedException {
        if (token.length() > longest) {
            throw new RefusedException(
                    RefusalReason.TOKEN_TOO_LARGE,
                    "",
                    () -> Finding.of(token.length() + " characters", "at most " + longest));
        }
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) <= 0x20 || token.charAt(i) >= 0x7F) {
                throw new RefusedException(RefusalReason.TOKEN_MALFORMED, "character");
            }
        }
        if (token.isEmpty()) {
            throw new RefusedException(RefusalReason.TOKEN_MALFORMED, "empty");
        }
    }
}
