package io.tokenguard.internal.response;

import io.tokenguard.access.RefusalReason;

/** What a caller is told in {@code error_description}, in the characters of RFC 6750 §3: constants, fewer than reasons. */
final class Descriptions {
    static final String OF_EVERY_BAD_TOKEN = "The access token is not acceptable";

    private Descriptions() {}

    static String of(RefusalReason reason) {
        return switch (reason) {
            case TRANSPORT_INSECURE -> "Access tokens are accepted over TLS only";
            case CREDENTIAL_SYNTAX, MULTIPLE_CREDENTIALS -> "Send one access token, once, in the Authorization header";
            case TOKEN_TOO_LARGE,
                    TOKEN_MALFORMED,
                    TOKEN_ENCRYPTED,
                    HEADER_REJECTED,
                    ALGORITHM_NOT_ALLOWED,
                    TYPE_MISMATCH -> "The access token is not of an accepted form";
            case CLAIMS_MALFORMED, CLAIM_MISSING -> "The access token does not have the claims it must have";
            case ISSUER_UNKNOWN -> "The access token is not from a trusted issuer";
            case KEY_UNKNOWN, KEY_AMBIGUOUS, KEY_UNUSABLE, KEY_REFUSED, SIGNATURE_INVALID ->
                "The access token is not signed by its issuer";
            case AUDIENCE_MISMATCH -> "The access token is not meant for this resource";
            case EXPIRED, TOO_OLD -> "The access token expired";
            case NOT_YET_VALID, ISSUED_IN_FUTURE, LIFETIME_TOO_LONG ->
                "The access token is not valid yet, or for too long";
            case BINDING_UNSUPPORTED, BINDING_REQUIRED ->
                "The access token is not bound to its sender in a way that is accepted";
            case SCOPE_INSUFFICIENT,
                    ROLE_INSUFFICIENT,
                    DETAILS_INSUFFICIENT,
                    RULE_UNMET,
                    RULE_FAILED,
                    ACCESS_DENIED,
                    RULE_MISSING -> "The access token does not grant access to this resource";
            case STEP_UP_REQUIRED -> "A stronger or more recent authentication is required";
            case PATH_REJECTED, METHOD_REJECTED, NO_CREDENTIALS, KEYS_UNAVAILABLE, INTERNAL_FAILURE -> "";
        };
    }
}
