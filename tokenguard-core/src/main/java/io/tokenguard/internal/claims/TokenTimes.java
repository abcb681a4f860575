package io.tokenguard.internal.claims;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import java.util.OptionalLong;

/**
 * The times in a token, in seconds since 1970 (RFC 7519 §4.1.4 to §4.1.6). Immutable.
 *
 * @param expiresAt when it expires
 * @param notBefore when it becomes valid; {@link #ABSENT} if that is not stated
 * @param issuedAt when it was issued; {@link #ABSENT} if that is not stated
 */
public record TokenTimes(long expiresAt, long notBefore, long issuedAt) {
    /** No time: all others are positive or zero. */
    public static final long ABSENT = -1;

    /**
     * Reads the times of a token.
     *
     * @throws RefusedException if one is malformed
     */
    public static TokenTimes of(AccessToken token) throws RefusedException {
        ClaimReader claims = new ClaimReader(token.claims());
        return new TokenTimes(token.expiresAt().getEpochSecond(), past("nbf", claims), past("iat", claims));
    }

    boolean hasNotBefore() {
        return notBefore != ABSENT;
    }

    boolean hasIssuedAt() {
        return issuedAt != ABSENT;
    }

    private static long past(String name, ClaimReader claims) throws RefusedException {
        OptionalLong date = claims.numericDate(name);
        if (date.isPresent() && date.getAsLong() < 0) {
            throw ClaimReader.malformed(name);
        }
        return date.orElse(ABSENT);
    }
}
