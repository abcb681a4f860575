package io.tokenguard.access;

/** The methods of sender-constraining a token. */
public enum Binding {
    /** Bound to a key; the sender proves possession with each request (RFC 9449). */
    DPOP,
    /** Bound to the client certificate of the TLS connection (RFC 8705 §3). */
    MTLS
}
