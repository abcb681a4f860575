package io.tokenguard.internal.possession;

import org.jspecify.annotations.Nullable;

/**
 * What a proof says (RFC 9449 §4.2), once it is well formed. Nothing of it has been checked.
 *
 * @param signature its signature, and the key that it brings along
 * @param method the method that it is for, {@code htm}
 * @param target the address that it is for, {@code htu}
 * @param times when it is good
 * @param proofId its own identifier, {@code jti}
 * @param tokenHash the hash of the access token that it is for, {@code ath}
 * @param nonce the nonce that it answers with, {@code nonce}; null where it has none
 */
record DpopProof(
        ProofSignature signature,
        String method,
        String target,
        ProofTimes times,
        String proofId,
        String tokenHash,
        @Nullable String nonce) {
    /** Shows nothing of the proof. */
    @Override
    public String toString() {
        return "DpopProof[not shown]";
    }
}
