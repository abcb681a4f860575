package io.tokenguard.access;

import static io.tokenguard.access.RefusalReason.OAuthError.INSUFFICIENT_SCOPE;
import static io.tokenguard.access.RefusalReason.OAuthError.INSUFFICIENT_USER_AUTHENTICATION;
import static io.tokenguard.access.RefusalReason.OAuthError.INVALID_DPOP_PROOF;
import static io.tokenguard.access.RefusalReason.OAuthError.INVALID_REQUEST;
import static io.tokenguard.access.RefusalReason.OAuthError.INVALID_TOKEN;
import static io.tokenguard.access.RefusalReason.OAuthError.NONE;
import static io.tokenguard.access.RefusalReason.OAuthError.USE_DPOP_NONCE;

/**
 * Why a request was refused: the closed list. The reason is for the operator; a caller sees only the status, the OAuth
 * error and a constant description.
 */
public enum RefusalReason {
    /** The path is ambiguous or not a valid path (RFC 3986 §3.3, Servlet 6.0 §3.5.2). */
    PATH_REJECTED(Stage.REQUEST, 400, NONE),
    /** TRACE would echo the token to anyone who reads the answer (RFC 9110 §9.3.8). */
    METHOD_REJECTED(Stage.REQUEST, 405, NONE),
    /** The request's target address cannot be determined (RFC 9110 §7.2, RFC 7239 §4). */
    TARGET_UNKNOWN(Stage.REQUEST, 400, NONE),
    /** The request did not come over TLS, which tokens require (RFC 6750 §5.2). */
    TRANSPORT_INSECURE(Stage.REQUEST, 400, INVALID_REQUEST),

    /** The request carries no access token in a supported place (RFC 6750 §3.1). */
    NO_CREDENTIALS(Stage.CREDENTIALS, 401, NONE),
    /** The credentials are not a scheme, spaces and one token68 (RFC 6750 §2.1, RFC 9110 §11.2). */
    CREDENTIAL_SYNTAX(Stage.CREDENTIALS, 400, INVALID_REQUEST),
    /** The request carries more than one Authorization field, or tokens in more than one place (RFC 6750 §2, RFC 9110 §5.3). */
    MULTIPLE_CREDENTIALS(Stage.CREDENTIALS, 400, INVALID_REQUEST),
    /** The token is in a header field, or a cookie, that is not configured for its issuer. */
    CREDENTIALS_MISPLACED(Stage.CREDENTIALS, 400, INVALID_REQUEST),
    /** The cookie with the token has another value than one token68, such as one in quotes or percent-encoded. */
    COOKIE_MALFORMED(Stage.CREDENTIALS, 400, INVALID_REQUEST),
    /** Another site or origin caused the request to which the browser added the cookie (RFC 6265 §8.2, RFC 10017 §6.1.3.3). */
    CROSS_SITE_REQUEST(Stage.CREDENTIALS, 403, NONE),
    /** A request with a cookie may have effects, and nothing in it tells who caused it (RFC 6265 §8.2, RFC 10017 §6.1.3.3). */
    CSRF_PROOF_MISSING(Stage.CREDENTIALS, 403, NONE),

    /** The token, or its header, is longer than the limit (RFC 8725 §2.4). */
    TOKEN_TOO_LARGE(Stage.TOKEN, 401, INVALID_TOKEN),
    /**
     * The token is not three strict base64url parts, or header or payload is not a bounded, strict JSON object (RFC 7515 §7.1,
     * RFC 4648 §3, RFC 8259).
     */
    TOKEN_MALFORMED(Stage.TOKEN, 401, INVALID_TOKEN),
    /** The token, or the text inside an encrypted one, is encrypted, and that is not accepted here (RFC 7516 §7.1). */
    TOKEN_ENCRYPTED(Stage.TOKEN, 401, INVALID_TOKEN),
    /** The encrypted token is malformed, weakly encrypted, or not encrypted for a key of this API (RFC 7516 §5.2). */
    DECRYPTION_FAILED(Stage.TOKEN, 401, INVALID_TOKEN),
    /** A header parameter is missing, malformed, or not allowed in an access token (RFC 7515 §4, RFC 8725 §3). */
    HEADER_REJECTED(Stage.TOKEN, 401, INVALID_TOKEN),
    /** The algorithm is unknown, or is not accepted from this issuer (RFC 8725 §3.1). */
    ALGORITHM_NOT_ALLOWED(Stage.TOKEN, 401, INVALID_TOKEN),
    /** The issuer is missing, or is not exactly one of the trusted issuers (RFC 9068 §4). */
    ISSUER_UNKNOWN(Stage.TOKEN, 401, INVALID_TOKEN),
    /** The type in the token's header is not accepted from this issuer (RFC 9068 §4, RFC 8725 §3.11). */
    TYPE_MISMATCH(Stage.TOKEN, 401, INVALID_TOKEN),
    /** The client's network has sent too many bad tokens; this one was not verified (RFC 6585 §4). */
    TOO_MANY_BAD_TOKENS(Stage.TOKEN, 429, NONE),

    /** The issuer publishes no key with the token's key ID (RFC 7515 §4.1.4). */
    KEY_UNKNOWN(Stage.KEY, 401, INVALID_TOKEN),
    /** More than one key of the issuer matches; none is tried (RFC 7517 §4.5). */
    KEY_AMBIGUOUS(Stage.KEY, 401, INVALID_TOKEN),
    /** The key that the token names is not meant for the token's algorithm (RFC 7517 §4.2 to §4.4, RFC 8725 §3.1). */
    KEY_UNUSABLE(Stage.KEY, 401, INVALID_TOKEN),
    /** The key that the token names was rejected because it broke a rule for keys (RFC 8725 §3.5). */
    KEY_REFUSED(Stage.KEY, 401, INVALID_TOKEN),
    /** The issuer's keys can't be fetched and none are cached: the token could not be validated. */
    KEYS_UNAVAILABLE(Stage.KEY, 503, NONE),

    /** The signature is not that of the named key over this header and payload (RFC 7515 §5.2). */
    SIGNATURE_INVALID(Stage.SIGNATURE, 401, INVALID_TOKEN),

    /** The issuer did not confirm that the token is active (RFC 7662 §2.2). */
    TOKEN_INACTIVE(Stage.INTROSPECTION, 401, INVALID_TOKEN),
    /** The introspection failed, or the circuit is open (RFC 7662 §4): the token could not be validated. */
    INTROSPECTION_UNAVAILABLE(Stage.INTROSPECTION, 503, NONE),
    /** The route requires a fresh introspection, and tokens of this issuer are not introspected (RFC 7662 §4). */
    ANSWER_REQUIRED(Stage.INTROSPECTION, 401, INVALID_TOKEN),
    /** The answer exceeds the limits for claims, such as their number or depth (RFC 8259 §9). */
    ANSWER_TOO_LARGE(Stage.INTROSPECTION, 401, INVALID_TOKEN),
    /** The answer is not signed as required (RFC 9701 §5): the token could not be validated. */
    INTROSPECTION_INVALID(Stage.INTROSPECTION, 503, NONE),

    /** A claim has the wrong form (RFC 7519 §4). */
    CLAIMS_MALFORMED(Stage.CLAIMS, 401, INVALID_TOKEN),
    /** The claims are those of another kind of token, such as an ID token (RFC 8725 §3.12, RFC 7662 §2.2). */
    NOT_AN_ACCESS_TOKEN(Stage.CLAIMS, 401, INVALID_TOKEN),
    /** The claims, or the introspection answer, name a different issuer than the expected one (RFC 9068 §4). */
    ISSUER_MISMATCH(Stage.CLAIMS, 401, INVALID_TOKEN),
    /** A claim that is required from this issuer is missing (RFC 9068 §2.2). */
    CLAIM_MISSING(Stage.CLAIMS, 401, INVALID_TOKEN),
    /** The token is meant for other recipients (RFC 7519 §4.1.3, RFC 9068 §4). */
    AUDIENCE_MISMATCH(Stage.CLAIMS, 401, INVALID_TOKEN),

    /** The token has expired (RFC 7519 §4.1.4). */
    EXPIRED(Stage.LIFETIME, 401, INVALID_TOKEN),
    /** The token is not valid yet (RFC 7519 §4.1.5). */
    NOT_YET_VALID(Stage.LIFETIME, 401, INVALID_TOKEN),
    /** The token's time of issue is in the future (RFC 7519 §4.1.6). */
    ISSUED_IN_FUTURE(Stage.LIFETIME, 401, INVALID_TOKEN),
    /** The token is older than the maximum age that is accepted from this issuer. */
    MAX_AGE_EXCEEDED(Stage.LIFETIME, 401, INVALID_TOKEN),
    /** The token's lifetime exceeds the maximum that is accepted from this issuer. */
    LIFETIME_TOO_LONG(Stage.LIFETIME, 401, INVALID_TOKEN),

    /** The guard accepts only sender-constrained tokens, and the token is not one (RFC 9449 §6, RFC 8705 §3). */
    BINDING_REQUIRED(Stage.POSSESSION, 401, INVALID_TOKEN),
    /** The token is bound by a method that is not supported; it is never accepted as a bearer token (RFC 7800 §3). */
    BINDING_UNSUPPORTED(Stage.POSSESSION, 401, INVALID_TOKEN),
    /** The token is sender-constrained, but was sent as a bearer token (RFC 9449 §7.2). */
    BINDING_DOWNGRADE(Stage.POSSESSION, 401, INVALID_TOKEN),
    /**
     * An unbound token was sent with a proof (RFC 9449 §7.1), or a certificate-bound one without a certificate (RFC 8705 §3).
     */
    BINDING_MISSING(Stage.POSSESSION, 401, INVALID_TOKEN),
    /** The token is bound to another key (RFC 9449 §4.3 step 12) or certificate (RFC 8705 §3) than the sender's. */
    BINDING_MISMATCH(Stage.POSSESSION, 401, INVALID_TOKEN),
    /** The proxy forwarded more than one client certificate, or one that is too long (RFC 9440 §2.2). */
    BINDING_AMBIGUOUS(Stage.POSSESSION, 400, INVALID_REQUEST),
    /** The proof is missing, malformed, or for another request, token or time (RFC 9449 §4.3). */
    PROOF_INVALID(Stage.POSSESSION, 401, INVALID_DPOP_PROOF),
    /** The proof was used before (RFC 9449 §11.1). */
    PROOF_REPLAYED(Stage.POSSESSION, 401, INVALID_DPOP_PROOF),
    /** The proof does not contain a currently valid nonce (RFC 9449 §9). */
    NONCE_REQUIRED(Stage.POSSESSION, 401, USE_DPOP_NONCE),
    /** It is unknown whether the proof was used before: the token could not be validated. */
    REPLAY_STORE_UNAVAILABLE(Stage.POSSESSION, 503, NONE),

    /** The token was revoked before it expired (RFC 7009 §2, RFC 6750 §3.1). */
    REVOKED(Stage.REVOCATION, 401, INVALID_TOKEN),
    /** It is unknown whether the token was revoked: it could not be validated. */
    REVOCATION_UNKNOWN(Stage.REVOCATION, 503, NONE),

    /** The token lacks a scope that the route requires (RFC 6750 §3.1). */
    SCOPE_INSUFFICIENT(Stage.AUTHORIZATION, 403, INSUFFICIENT_SCOPE),
    /** The token lacks a role that the route requires. */
    ROLE_INSUFFICIENT(Stage.AUTHORIZATION, 403, INSUFFICIENT_SCOPE),
    /** No authorization detail of the token has the type and the actions that the route requires (RFC 9396 §2.2). */
    DETAILS_INSUFFICIENT(Stage.AUTHORIZATION, 403, INSUFFICIENT_SCOPE),
    /** The client's address is in a denied network, or is not certain. Checked before the path and the token. */
    NETWORK_DENIED(Stage.AUTHORIZATION, 403, NONE),
    /** The token's client is denied. Checked as soon as the token is validated. */
    CLIENT_DENIED(Stage.AUTHORIZATION, 403, INSUFFICIENT_SCOPE),
    /** A condition of the route is not met or can't be evaluated, or a rule of the application denied the request. */
    POLICY_DENIED(Stage.AUTHORIZATION, 403, INSUFFICIENT_SCOPE),
    /** A rule of the application threw an exception; the guard fails closed (CWE-636). */
    RULE_FAILED(Stage.AUTHORIZATION, 403, INSUFFICIENT_SCOPE),
    /** The route requires a sender-constrained token, and no such binding was proven (RFC 9449 §7.1, RFC 8705 §3). */
    BINDING_INSUFFICIENT(Stage.AUTHORIZATION, 401, INVALID_TOKEN),
    /** The user has not authenticated strongly or recently enough for the route (RFC 9470 §3). */
    STEP_UP_REQUIRED(Stage.AUTHORIZATION, 401, INSUFFICIENT_USER_AUTHENTICATION),
    /** The route is closed to everyone. */
    ACCESS_DENIED(Stage.AUTHORIZATION, 403, INSUFFICIENT_SCOPE),
    /** No route matches the method and path; such requests are denied. */
    NO_MATCHING_ROUTE(Stage.AUTHORIZATION, 403, INSUFFICIENT_SCOPE),
    /** The sender has made too many requests of this kind (RFC 6585 §4). */
    RATE_LIMIT_EXCEEDED(Stage.AUTHORIZATION, 429, NONE),
    /** It is unknown how many requests the sender has made: the store that counts them does not answer. */
    LIMIT_STORE_UNAVAILABLE(Stage.AUTHORIZATION, 503, NONE),
    /** The request must happen once, and has no key (draft-ietf-httpapi-idempotency-key-header §2.7). */
    IDEMPOTENCY_KEY_MISSING(Stage.AUTHORIZATION, 400, NONE),
    /** The key is no string of RFC 9651 §3.3.3, is sent twice or is too long, or no token binds it to a sender. */
    IDEMPOTENCY_KEY_INVALID(Stage.AUTHORIZATION, 400, NONE),
    /** The first request with the key still runs, or its answer was too long to be stored. */
    IDEMPOTENCY_KEY_BUSY(Stage.AUTHORIZATION, 409, NONE),
    /** The sender used the key before, for another query or another body. */
    IDEMPOTENCY_KEY_REUSED(Stage.AUTHORIZATION, 422, NONE),
    /** The request must happen once, and its body is a form that can't be hashed before the application reads it. */
    IDEMPOTENT_FORM_UNSUPPORTED(Stage.AUTHORIZATION, 415, NONE),
    /** It is unknown whether the request has happened before: the store does not answer, or the sender's share is used up. */
    IDEMPOTENCY_STORE_UNAVAILABLE(Stage.AUTHORIZATION, 503, NONE),

    /** A part of TokenGuard, or one plugged into it, failed: the token could not be validated. */
    INTERNAL_FAILURE(Stage.INTERNAL, 503, NONE);

    /** The step of the decision that refused a request, in the order of the steps. */
    public enum Stage {
        /** Method, path and transport of the request, before any credentials are read. */
        REQUEST,
        /** Extraction of the one access token from the request. */
        CREDENTIALS,
        /** Size, form and header of the token, before its signature is verified. */
        TOKEN,
        /** Look-up of the key that the token names. */
        KEY,
        /** Verification of the signature. */
        SIGNATURE,
        /** Introspection of the token by its issuer, instead of or in addition to the three stages before. */
        INTROSPECTION,
        /** Issuer, audience and the other claims. */
        CLAIMS,
        /** Expiry, not-before, age and longest lifetime. */
        LIFETIME,
        /** Proof of possession. */
        POSSESSION,
        /** Revocation before expiry. */
        REVOCATION,
        /** The requirement of the route. */
        AUTHORIZATION,
        /** A failure of TokenGuard or of a plugged-in part. */
        INTERNAL
    }

    /** The error codes of RFC 6750 §3.1, RFC 9449 §7.1 and §9, and RFC 9470 §3 for a protected resource. */
    public enum OAuthError {
        /** No code is sent: the request has no credentials (RFC 6750 §3.1), or the token could not be validated. */
        NONE(""),
        /** The request is malformed or carries more than one access token. */
        INVALID_REQUEST("invalid_request"),
        /** The access token is expired, revoked, malformed or otherwise unacceptable. */
        INVALID_TOKEN("invalid_token"),
        /** The access token is valid and does not grant enough. */
        INSUFFICIENT_SCOPE("insufficient_scope"),
        /** The access token is valid, and its user has not authenticated strongly or recently enough (RFC 9470 §3). */
        INSUFFICIENT_USER_AUTHENTICATION("insufficient_user_authentication"),
        /** The proof that came with the access token is not acceptable (RFC 9449 §7.1). */
        INVALID_DPOP_PROOF("invalid_dpop_proof"),
        /** The next proof must contain the nonce of the {@code DPoP-Nonce} field (RFC 9449 §9). */
        USE_DPOP_NONCE("use_dpop_nonce");

        private final String code;

        OAuthError(String code) {
            this.code = code;
        }

        /** The code as sent in a challenge; empty for {@link #NONE}. */
        public String code() {
            return code;
        }
    }

    private final Stage stage;
    private final int status;
    private final OAuthError error;

    RefusalReason(Stage stage, int status, OAuthError error) {
        this.stage = stage;
        this.status = status;
        this.error = error;
    }

    /** Where the refusal happens. */
    public Stage stage() {
        return stage;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The OAuth error of the answer. */
    public OAuthError error() {
        return error;
    }

    /** Whether the request was rejected for what it contains; false if it could not be decided (503). */
    public boolean isVerdict() {
        return status != 503;
    }
}
