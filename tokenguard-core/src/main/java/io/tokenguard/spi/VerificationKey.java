package io.tokenguard.spi;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.PublicKey;

/**
 * A public key and its only algorithm (RFC 8725 §3.1). The header of a token can't select another one.
 *
 * @param keyId the key ID, {@code kid}; empty if the key has none
 * @param algorithm the algorithm that it verifies
 * @param publicKey the key
 */
public record VerificationKey(String keyId, SignatureAlgorithm algorithm, PublicKey publicKey) {
    /** Shows only the algorithm. */
    @Override
    public String toString() {
        return "VerificationKey[" + algorithm + "]";
    }
}
