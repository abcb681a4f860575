package io.tokenguard.internal.issuers;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.KeyReference;
import io.tokenguard.internal.revocation.KeyBans;
import io.tokenguard.spi.VerificationKey;

/**
 * The keys of issuers, except those that the operator has banned.
 *
 * @param bans the banned keys; changes while the guard is used
 */
public record TrustedKeys(KeyBans bans) {
    /**
     * A key of an issuer.
     *
     * @throws RefusedException if there is none, if it is banned, or if keys are missing
     */
    public VerificationKey find(IssuerRules rules, KeyReference wanted, SignatureAlgorithm algorithm)
            throws RefusedException {
        VerificationKey key = rules.key(wanted, algorithm);
        require(!isBanned(rules.issuer(), key), key.keyId());
        return key;
    }

    /** Whether a key is banned. */
    public boolean isBanned(String issuer, VerificationKey key) {
        return bans.isBanned(issuer, key);
    }

    /** Requires the key that verified a token not to be banned. */
    public void requireNotBanned(AccessToken token) throws RefusedException {
        require(!bans.isBanned(token.issuer(), token.keyId(), token.verificationKey()), token.keyId());
    }

    private static void require(boolean isTrusted, String keyId) throws RefusedException {
        if (!isTrusted) {
            throw new RefusedException(
                    RefusalReason.KEY_REFUSED,
                    "banned by the operator",
                    () -> Finding.of("key " + keyId + ", which is banned", "a key that is not banned"));
        }
    }
}
