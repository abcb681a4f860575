package io.tokenguard.access;

/** Where on its way through TokenGuard a request was refused, in the order in which the stages are passed. */
public enum Stage {
    /** Method, path and transport of the request, before any credential is looked at. */
    REQUEST,
    /** Finding the one access token in the request. */
    CREDENTIALS,
    /** Size, shape and header of the token, before its signature is checked. */
    TOKEN,
    /** Finding the key that the token names. */
    KEY,
    /** Checking the token's signature. */
    SIGNATURE,
    /** Asking the issuer about the token, in the place of the three before or beside them. */
    INTROSPECTION,
    /** Issuer, audience and the other claims. */
    CLAIMS,
    /** Expiry, not-before, age and longest life. */
    LIFETIME,
    /** Who holds the token. */
    POSSESSION,
    /** Whether the token was withdrawn before its time is over. */
    REVOCATION,
    /** What the route demands. */
    AUTHORIZATION,
    /** TokenGuard itself, or a part that was plugged into it. */
    INTERNAL
}
