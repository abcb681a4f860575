package io.tokenguard.internal.revocation;

import java.time.Instant;

/**
 * The older revocations of an issuer that were replaced by one of all its tokens.
 *
 * @param issuer the issuer
 * @param until its tokens that were issued up to then, in seconds since 1970, are revoked
 * @param count how many revocations were replaced
 */
record FoldedRevocations(String issuer, long until, int count) {
    Instant issuedUpTo() {
        return Instant.ofEpochSecond(until);
    }

    /** For the operator. */
    String describe() {
        return "too many revocations of " + issuer + ": its tokens issued up to " + issuedUpTo() + " are revoked";
    }
}
