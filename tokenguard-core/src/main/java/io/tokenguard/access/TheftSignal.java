package io.tokenguard.access;

/**
 * A sign that a token, or the key that it is bound to, is used by others than its owner. It proves nothing. Every text is cut
 * and escaped, and empty where it is not known; the token is not part of it.
 *
 * @param kind what was seen
 * @param count how often, or of how many sorts, within the window of {@code TheftDetection}
 * @param fingerprint the token's; {@link Revocation#fingerprint} withdraws it by that
 * @param issuer who issued it
 * @param clientId the client that it was issued to
 * @param subject whom it speaks of
 * @param isRevoked whether the token was revoked for it, and the revocation is kept
 */
public record TheftSignal(
        Kind kind, int count, String fingerprint, String issuer, String clientId, String subject, boolean isRevoked) {
    /** What can be seen. */
    public enum Kind {
        /** A token that is bound to nobody came from many networks. */
        MANY_NETWORKS,
        /** A token that is bound to nobody came from many kinds of client programs ({@code User-Agent}). */
        MANY_AGENTS,
        /** A token that is bound to a key came with many proofs that were refused, or without one (RFC 9449 §7.2). */
        REFUSED_PROOFS,
        /** A proof came for the second time (RFC 9449 §11.1). */
        REPLAYED_PROOF
    }

    /** Shows the kind only. */
    @Override
    public String toString() {
        return "TheftSignal[" + kind + "]";
    }
}
