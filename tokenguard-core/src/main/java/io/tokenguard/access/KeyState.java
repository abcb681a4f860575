package io.tokenguard.access;

/** How an issuer's keys are. */
public enum KeyState {
    /** No load has ended yet. Requests wait for the first one, for at most its timeout, and then get 503. */
    STARTING,
    /** The last load was good and is recent. */
    FRESH,
    /** The last loads failed; the keys of the last good one go on to serve. */
    DEGRADED,
    /** No key is known, or the last good load is too long ago. Tokens are answered with 503. */
    UNAVAILABLE
}
