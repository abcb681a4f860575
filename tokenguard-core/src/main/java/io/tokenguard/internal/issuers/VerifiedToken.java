package io.tokenguard.internal.issuers;

import io.tokenguard.access.AccessToken;
import io.tokenguard.internal.claims.TokenTimes;
import io.tokenguard.internal.jose.KeyReference;
import io.tokenguard.internal.revocation.RevocationCheckedAt;
import io.tokenguard.spi.VerificationKey;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a verified token that never changes. Does not state whether it is accepted now.
 *
 * @param rules the rules by which it was checked
 * @param wanted how its header names the key
 * @param key the key that signed it
 * @param token the token
 * @param times its times
 * @param clearance when revocations were last checked; the only mutable part
 * @param isRemembered whether it came from the cache
 */
public record VerifiedToken(
        TokenRules rules,
        KeyReference wanted,
        VerificationKey key,
        AccessToken token,
        TokenTimes times,
        RevocationCheckedAt clearance,
        boolean isRemembered) {
    /** The key ID in its header; null if there is none. */
    public @Nullable String keyId() {
        return wanted.keyId();
    }

    /** The same token as the cache returns it. Computes its fingerprint here, so that its text can be freed. */
    public VerifiedToken remembered() {
        token.fingerprint();
        return new VerifiedToken(rules, wanted, key, token, times, clearance, true);
    }

    /**
     * Whether these are the rules and the key by which it was verified. A key may have been published again. Compared by
     * hand: the platform's generated comparison of records keeps their class loader alive.
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
