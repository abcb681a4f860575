package io.tokenguard;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of issuers, but for those that the operator has banned.
 *
 * @param banned names keys that are trusted no more; grows while the guard is used
 */
record TrustedKeys(Set<String> banned) {
    VerificationKey find(IssuerLane lane, @Nullable String keyId, SignatureAlgorithm algorithm)
            throws RefusedException {
        VerificationKey key = lane.keys().find(keyId, algorithm);
        requireNotBanned(key.keyId());
        return key;
    }

    void requireNotBanned(String keyId) throws RefusedException {
        if (banned.contains(keyId)) {
            throw new RefusedException(RefusalReason.KEY_REFUSED, "banned by the operator");
        }
    }
}
