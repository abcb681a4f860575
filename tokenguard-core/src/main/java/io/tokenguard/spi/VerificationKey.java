package io.tokenguard.spi;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.PublicKey;

/**
 * A public key and the one algorithm that it verifies (RFC 8725 §3.1). The header of a token can't choose another.
 *
 * @param keyId its name, {@code kid}; empty where the issuer gave it none
 * @param algorithm what it verifies
 * @param publicKey the key
 */
public record VerificationKey(String keyId, SignatureAlgorithm algorithm, PublicKey publicKey) {
    /** Shows the algorithm only. */
    @Override
    public String toString() {
        return "VerificationKey[" + algorithm + "]";
    }
}
