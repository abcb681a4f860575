package io.tokenguard.internal.issuers;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.revocation.RevocationCheckedAt;
import io.tokenguard.spi.VerificationKey;
import org.jspecify.annotations.Nullable;

/**
 * What never changes about a verified token. Does not say whether it is accepted now.
 *
 * @param rules the rules by which it was checked
 * @param keyId the key that its header names, {@code kid}; null where it names none
 * @param key the key that signed it
 * @param token what it says
 * @param times what it says of its time
 * @param clearance when it was last looked for among the revoked ones; the only thing here that moves
 * @param isRemembered whether it came out of the cache
 */
public record VerifiedToken(
        TokenRules rules,
        @Nullable String keyId,
        VerificationKey key,
        AccessToken token,
        TokenTimes times,
        RevocationCheckedAt clearance,
        boolean isRemembered) {
    /** The same token as the cache returns it. Its fingerprint is computed here, so that its text can be freed. */
    public VerifiedToken remembered() {
        token.fingerprint();
        return new VerifiedToken(rules, keyId, key, token, times, clearance, true);
    }

    /**
     * Whether these are the rules and the key by which it was verified. A key may have been published once more. Compared by
     * hand: what a platform generates to compare records keeps hold of their class loader.
     */
    public boolean isVerifiedBy(TokenRules current, VerificationKey published) {
        return current.claims() == rules.claims()
                && published.algorithm() == key.algorithm()
                && published.publicKey().equals(key.publicKey());
    }

    /** Shows nothing of the token. */
    @Override
    public String toString() {
        return "VerifiedToken[not shown]";
    }
}
