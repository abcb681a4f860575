package io.tokenguard.internal.response;

import io.tokenguard.access.RefusalReason;

/** The texts of {@code error_description}, in the characters of RFC 6750 §3: constants, fewer than there are reasons. */
final class Descriptions {
    static final String OF_EVERY_BAD_TOKEN = "The access token is not acceptable";

    private Descriptions() {}

    static String of(RefusalReason reason) {
        return switch (reason) {
            case TRANSPORT_INSECURE -> "Access tokens are accepted over TLS only";
            case CREDENTIAL_SYNTAX, MULTIPLE_CREDENTIALS, CREDENTIALS_MISPLACED ->
                "Send one access token, once, in the Authorization header";
            case COOKIE_MALFORMED,
                    TOKEN_TOO_LARGE,
                    TOKEN_MALFORMED,
                    TOKEN_ENCRYPTED,
                    DECRYPTION_FAILED,
                    HEADER_REJECTED,
                    ALGORITHM_NOT_ALLOWED,
                    TYPE_MISMATCH,
                    CLAIMS_MALFORMED,
                    NOT_AN_ACCESS_TOKEN,
                    CLAIM_MISSING,
                    ANSWER_TOO_LARGE,
                    ANSWER_REQUIRED -> "The access token is not of an accepted form";
            case ISSUER_UNKNOWN,
                    ISSUER_MISMATCH,
                    KEY_UNKNOWN,
                    KEY_AMBIGUOUS,
                    KEY_UNUSABLE,
                    KEY_REFUSED,
                    SIGNATURE_INVALID -> "The access token is not signed by a trusted issuer";
            case AUDIENCE_MISMATCH -> "The access token is not meant for this resource";
            case EXPIRED, MAX_AGE_EXCEEDED, TOKEN_INACTIVE, REVOKED -> "The access token expired or was revoked";
            case NOT_YET_VALID, ISSUED_IN_FUTURE, LIFETIME_TOO_LONG ->
                "The access token is not valid yet, or for too long";
            case BINDING_UNSUPPORTED,
                    BINDING_REQUIRED,
                    BINDING_INSUFFICIENT,
                    BINDING_DOWNGRADE,
                    BINDING_MISSING,
                    BINDING_MISMATCH,
                    BINDING_AMBIGUOUS -> "The access token is not bound to its sender in a way that is accepted";
            case SCOPE_INSUFFICIENT,
                    ROLE_INSUFFICIENT,
                    DETAILS_INSUFFICIENT,
                    CLIENT_DENIED,
                    POLICY_DENIED,
                    RULE_FAILED,
                    ACCESS_DENIED,
                    NO_MATCHING_ROUTE -> "The access token does not grant access to this resource";
            case STEP_UP_REQUIRED -> "A stronger or more recent authentication is required";
            case PROOF_INVALID, PROOF_REPLAYED -> "The DPoP proof is not a fresh one for this request and access token";
            case NONCE_REQUIRED -> "The DPoP proof must contain the nonce of the DPoP-Nonce header";
            case PATH_REJECTED,
                    TARGET_UNKNOWN,
                    METHOD_REJECTED,
                    NO_CREDENTIALS,
                    CROSS_SITE_REQUEST,
                    CSRF_PROOF_MISSING,
                    NETWORK_DENIED,
                    TOO_MANY_BAD_TOKENS,
                    RATE_LIMIT_EXCEEDED,
                    LIMIT_STORE_UNAVAILABLE,
                    IDEMPOTENCY_KEY_MISSING,
                    IDEMPOTENCY_KEY_INVALID,
                    IDEMPOTENCY_KEY_BUSY,
                    IDEMPOTENCY_KEY_REUSED,
                    IDEMPOTENT_FORM_UNSUPPORTED,
                    IDEMPOTENCY_STORE_UNAVAILABLE,
                    KEYS_UNAVAILABLE,
                    INTROSPECTION_UNAVAILABLE,
                    INTROSPECTION_INVALID,
                    REPLAY_STORE_UNAVAILABLE,
                    REVOCATION_UNKNOWN,
                    INTERNAL_FAILURE -> "";
        };
    }
}
