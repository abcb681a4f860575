package io.tokenguard.internal.signature;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.VerificationKey;

/**
 * Verifies a token's signature with the issuer's key (RFC 7515 §5.2). The header does not choose the algorithm. Thread-safe.
 */
public final class SignatureVerifier {
    private final SignatureEngine engine;

    /** A verifier that uses an engine. */
    public SignatureVerifier(SignatureEngine engine) {
        this.engine = engine;
    }

    /**
     * Verifies a token.
     *
     * @param token the token
     * @param key the key that its header names
     * @throws RefusedException if the key is for another algorithm, or the signature is not valid
     */
    public VerifiedClaims verify(UnverifiedToken token, VerificationKey key) throws RefusedException {
        if (key.algorithm() != token.header().algorithm()) {
            throw new RefusedException(
                    RefusalReason.SIGNATURE_INVALID,
                    "the key is for another algorithm",
                    () -> Finding.of(
                            "alg " + token.header().algorithm(), "alg " + key.algorithm() + " of key " + key.keyId()));
        }
        if (!engine.verify(key, token.signed(), token.signature())) {
            throw new RefusedException(
                    RefusalReason.SIGNATURE_INVALID,
                    "",
                    () -> Finding.of(
                            "a signature that key " + key.keyId() + " does not verify",
                            "the signature of key " + key.keyId() + " by " + key.algorithm()));
        }
        return token.verifiedBy(key);
    }
}
