package io.tokenguard.access;

import java.util.Set;

/**
 * How the sender proved possession of the key that the token is bound to (RFC 7800 §3.1). A {@code cnf} claim alone is not a
 * confirmation.
 */
public sealed interface Confirmation {
    /** No proof of possession: the token is an unbound bearer token. */
    record None() implements Confirmation {}

    /**
     * The sender proved possession of a key for this request (RFC 9449 §6.1).
     *
     * @param thumbprint the JWK thumbprint of the key, in base64url (RFC 7638)
     */
    record DpopKey(String thumbprint) implements Confirmation {
        /** Does not show the thumbprint, which would link requests of one sender. */
        @Override
        public String toString() {
            return "DpopKey[not shown]";
        }
    }

    /**
     * The sender presented a client certificate on its TLS connection (RFC 8705 §3.1).
     *
     * @param thumbprint the SHA-256 of the certificate, in base64url
     */
    record Certificate(String thumbprint) implements Confirmation {
        /** Does not show the thumbprint. */
        @Override
        public String toString() {
            return "Certificate[not shown]";
        }
    }

    /**
     * The sender proved possession of a key and presented a client certificate.
     *
     * @param key the key
     * @param certificate the certificate
     */
    record KeyAndCertificate(DpopKey key, Certificate certificate) implements Confirmation {}

    /** The bindings that were proven; empty if there are none. */
    default Set<Binding> bindings() {
        if (this instanceof KeyAndCertificate) {
            return Set.of(Binding.DPOP, Binding.MTLS);
        }
        if (this instanceof DpopKey) {
            return Set.of(Binding.DPOP);
        }
        return this instanceof Certificate ? Set.of(Binding.MTLS) : Set.of();
    }

    /** The methods of sender-constraining a token. */
    enum Binding {
        /** Bound to a key; the sender proves possession with each request (RFC 9449). */
        DPOP,
        /** Bound to the client certificate of the TLS connection (RFC 8705 §3). */
        MTLS
    }
}
