package io.tokenguard.access;

/** A way in which a token is bound to its sender. */
public enum Binding {
    /** To a key that the sender proves to hold with each request (RFC 9449). */
    DPOP,
    /** To the certificate of the sender's TLS connection (RFC 8705 §3). */
    MTLS
}
