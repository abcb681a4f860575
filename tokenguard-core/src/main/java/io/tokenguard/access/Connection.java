package io.tokenguard.access;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The connection by which a request came, as the server sees it; behind a proxy, that is the proxy's. Immutable.
 *
 * @param isSecure whether it is one of TLS
 * @param clientAddress the address of the peer, in numbers; empty where it is not known
 * @param authority host and port that the request says it was sent to (RFC 9110 §7.2); empty where it does not say, or
 *     not clearly
 * @param clientCertificates what the peer has shown of itself and proven to hold the key of, its own certificate first; empty
 *     where it has not
 */
public record Connection(
        boolean isSecure, String clientAddress, String authority, List<X509Certificate> clientCertificates) {
    /** Copies the certificates. */
    public Connection {
        clientCertificates = List.copyOf(clientCertificates);
    }

    /** A connection without client certificates. */
    public Connection(boolean isSecure, String clientAddress, String authority) {
        this(isSecure, clientAddress, authority, List.of());
    }

    /** Shows nothing of the peer. */
    @Override
    public String toString() {
        return isSecure ? "Connection[TLS]" : "Connection[plain]";
    }
}
