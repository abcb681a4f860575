package io.tokenguard.access;

/**
 * Who acts with a token. A client can be registered under the name of a user, or choose it (RFC 9700 §4.15), so an
 * application that gives rights to subjects has to look here too.
 */
public enum SubjectKind {
    /** A client acts for itself: the token names no subject, the client as subject, or says so in its issuer's way. */
    CLIENT,
    /** A client acts for the subject of the token. */
    USER
}
