package io.tokenguard.attacks;

/** What the client sees. */
public enum HttpOutcome {
    /** The request goes on with the identity of its token. */
    PASS(200, ""),
    /** A challenge without an error: the request had no usable credentials (RFC 6750 §3.1). */
    NO_CREDENTIALS(401, ""),
    /** {@code error="invalid_token"}. */
    INVALID_TOKEN(401, "invalid_token"),
    /** {@code error="invalid_request"}. */
    INVALID_REQUEST(400, "invalid_request"),
    /** {@code error="insufficient_scope"}. */
    INSUFFICIENT_SCOPE(403, "insufficient_scope"),
    /** {@code error="insufficient_user_authentication"} (RFC 9470 §3). */
    STEP_UP(401, "insufficient_user_authentication"),
    /** {@code error="invalid_dpop_proof"} (RFC 9449 §7.1). */
    INVALID_PROOF(401, "invalid_dpop_proof"),
    /** An answer without a challenge: the request itself can't be understood. */
    BAD_REQUEST(400, ""),
    /** An answer without a challenge: no token would make the request acceptable (RFC 9110 §15.5.4). */
    FORBIDDEN(403, ""),
    /** An answer without a challenge: too many requests (RFC 6585 §4). */
    TOO_MANY(429, ""),
    /** An answer without a challenge: the key was used for another request (draft-ietf-httpapi-idempotency-key-header §2.7). */
    REUSED(422, ""),
    /** An answer without a challenge: nobody can tell now. */
    UNAVAILABLE(503, "");

    private final int status;
    private final String error;

    HttpOutcome(int status, String error) {
        this.status = status;
        this.error = error;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The {@code error} of the challenge; empty where it has none. */
    public String error() {
        return error;
    }
}
