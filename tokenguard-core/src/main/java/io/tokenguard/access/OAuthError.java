package io.tokenguard.access;

/** The error codes that RFC 6750 §3.1, RFC 9449 §7.1 and §9, and RFC 9470 §3 define for a protected resource. */
public enum OAuthError {
    /** No code is sent: no credentials came (RFC 6750 §3.1), or the token was not judged at all. */
    NONE(""),
    /** The request is malformed or carries more than one access token. */
    INVALID_REQUEST("invalid_request"),
    /** The access token is expired, revoked, malformed or otherwise not acceptable. */
    INVALID_TOKEN("invalid_token"),
    /** The access token is good and does not grant enough. */
    INSUFFICIENT_SCOPE("insufficient_scope"),
    /** The access token is good, and its user has not authenticated strongly or recently enough (RFC 9470 §3). */
    INSUFFICIENT_USER_AUTHENTICATION("insufficient_user_authentication"),
    /** The proof that came with the access token is not acceptable (RFC 9449 §7.1). */
    INVALID_DPOP_PROOF("invalid_dpop_proof"),
    /** The proof has to answer with the nonce that the {@code DPoP-Nonce} field holds (RFC 9449 §9). */
    USE_DPOP_NONCE("use_dpop_nonce");

    private final String code;

    OAuthError(String code) {
        this.code = code;
    }

    /** The code as it stands in a challenge; empty for {@link #NONE}. */
    public String code() {
        return code;
    }
}
