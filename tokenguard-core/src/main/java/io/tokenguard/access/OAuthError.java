package io.tokenguard.access;

/** The error codes that RFC 6750 §3.1 and RFC 9470 §3 define for a protected resource. */
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
    INSUFFICIENT_USER_AUTHENTICATION("insufficient_user_authentication");

    private final String code;

    OAuthError(String code) {
        this.code = code;
    }

    /** The code as it stands in a challenge; empty for {@link #NONE}. */
    public String code() {
        return code;
    }
}
