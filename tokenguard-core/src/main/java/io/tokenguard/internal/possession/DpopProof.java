package io.tokenguard.internal.possession;

import org.jspecify.annotations.Nullable;

/**
 * The content of a well-formed proof (RFC 9449 §4.2). Not verified.
 *
 * @param signature its signature, and the key in its header
 * @param method the request's method, {@code htm}
 * @param target the request's address, {@code htu}
 * @param times when it is valid
 * @param proofId its identifier, {@code jti}
 * @param tokenHash the hash of the access token, {@code ath}
 * @param nonce the nonce, {@code nonce}; null if absent
 */
record DpopProof(
        ProofSignature signature,
        String method,
        String target,
        ProofTimes times,
        String proofId,
        String tokenHash,
        @Nullable String nonce) {
    /** Contains nothing of the proof. */
    @Override
    public String toString() {
        return "DpopProof[not shown]";
    }
}
