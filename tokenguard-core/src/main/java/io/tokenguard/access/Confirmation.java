package io.tokenguard.access;

import java.util.Set;

/**
 * How the sender of a token has proven to be the one that it is bound to (RFC 7800 §3.1). What a token only claims is no
 * confirmation.
 */
public sealed interface Confirmation {
    /** Nothing was proven, nor had to be: a bearer token. */
    record None() implements Confirmation {}

    /**
     * The sender has proven to hold a key, for this request (RFC 9449 §6.1).
     *
     * @param thumbprint the key's, in base64url (RFC 7638)
     */
    record DpopKey(String thumbprint) implements Confirmation {
        /** Shows the way only: a thumbprint leads from one request to another. */
        @Override
        public String toString() {
            return "DpopKey[not shown]";
        }
    }

    /**
     * The sender's TLS connection shows a certificate (RFC 8705 §3.1).
     *
     * @param thumbprint the SHA-256 of the certificate, in base64url
     */
    record Certificate(String thumbprint) implements Confirmation {
        /** Shows the way only. */
        @Override
        public String toString() {
            return "Certificate[not shown]";
        }
    }

    /**
     * The sender has proven both.
     *
     * @param key the key
     * @param certificate the certificate
     */
    record KeyAndCertificate(DpopKey key, Certificate certificate) implements Confirmation {}

    /** The ways of binding that were proven; empty where there is none. */
    default Set<Binding> bindings() {
        if (this instanceof KeyAndCertificate) {
            return Set.of(Binding.DPOP, Binding.MTLS);
        }
        if (this instanceof DpopKey) {
            return Set.of(Binding.DPOP);
        }
        return this instanceof Certificate ? Set.of(Binding.MTLS) : Set.of();
    }
}
