package io.tokenguard.internal.claims;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import java.util.OptionalLong;

/**
 * What a token says of its time, in seconds since 1970 (RFC 7519 §4.1.4 to §4.1.6). Never changes.
 *
 * @param expiresAt when it ends
 * @param notBefore when it begins; empty where it does not say
 * @param issuedAt when it was made; empty where it does not say
 */
public record TokenTimes(long expiresAt, OptionalLong notBefore, OptionalLong issuedAt) {
    /**
     * Reads the times of a token.
     *
     * @throws RefusedException if one of them is none
     */
    public static TokenTimes of(AccessToken token) throws RefusedException {
        ClaimReader claims = new ClaimReader(token.claims());
        return new TokenTimes(token.expiresAt().getEpochSecond(), past("nbf", claims), past("iat", claims));
    }

    private static OptionalLong past(String name, ClaimReader claims) throws RefusedException {
        OptionalLong date = claims.numericDate(name);
        if (date.isPresent() && date.getAsLong() < 0) {
            throw ClaimReader.malformed(name);
        }
        return date;
    }
}
