package io.tokenguard.internal.possession;

import io.tokenguard.internal.jose.JwkThumbprint;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.spi.VerificationKey;

/**
 * The signature of a proof.
 *
 * @param key the key in the proof's header, with the one algorithm of the header
 * @param signed the bytes that the signature covers
 * @param bytes the signature
 */
@SuppressWarnings("ArrayRecordComponent") // read once, on the thread that made it
record ProofSignature(VerificationKey key, byte[] signed, byte[] bytes) {
    /** RFC 9449 §4.3 step 6. */
    boolean isGood(SignatureEngine engine) {
        return engine.verifyOnce(key, signed, bytes);
    }

    /** The thumbprint of the key (RFC 7638). */
    String thumbprint() {
        return JwkThumbprint.of(key.publicKey());
    }

    /** Contains nothing of the proof. */
    @Override
    public String toString() {
        return "ProofSignature[not shown]";
    }
}
