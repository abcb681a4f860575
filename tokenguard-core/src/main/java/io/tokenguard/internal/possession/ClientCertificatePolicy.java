package io.tokenguard.internal.possession;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.request.TargetUriPolicy;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Tells which certificate a client has shown: to this server, or to a trusted proxy that ends its TLS connection and hands
 * the certificate on. The field of anybody else is not looked at (RFC 9440 §4), and behind such a proxy the connection's
 * certificate is not looked at either, for it is the proxy's.
 *
 * @param header the field in which proxies hand it on; empty where none does
 * @param targets tells who is a trusted proxy
 */
public record ClientCertificatePolicy(Optional<CertificateField> header, TargetUriPolicy targets) {
    /**
     * The certificate, as its exact DER.
     *
     * @return empty where the client has shown none
     * @throws RefusedException if more than one is handed on, or something that is none
     */
    public Optional<byte[]> of(IncomingRequest request) throws RefusedException {
        return header.isPresent() && targets.isProxied(request)
                ? CertificateHeaderReader.read(header.get(), request.headers())
                : ofConnection(request.connection().clientCertificates());
    }

    /** Where the certificate is looked for, for the operator. */
    String source(IncomingRequest request) {
        if (header.isEmpty()) {
            return "in the TLS connection";
        }
        return targets.isProxied(request)
                ? "in the field " + header.get().name()
                : "in the TLS connection, because the peer is not a trusted proxy";
    }

    /** The client's own certificate comes first (RFC 8446 §4.4.2); those behind it are its issuers'. */
    private static Optional<byte[]> ofConnection(List<X509Certificate> chain) throws RefusedException {
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(chain.get(0).getEncoded());
        } catch (CertificateEncodingException unreadable) {
            throw new RefusedException(RefusalReason.BINDING_MISMATCH, "certificate of the connection");
        }
    }
}
