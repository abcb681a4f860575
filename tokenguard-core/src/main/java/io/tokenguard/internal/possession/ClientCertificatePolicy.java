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
 * Finds the certificate that a client presented, either to this server or to a trusted proxy that terminates TLS and forwards
 * it. Ignores the field if another client sends it (RFC 9440 §4). Behind such a proxy, also ignores the connection's
 * certificate, which is the proxy's.
 *
 * @param header the field in which proxies forward it; empty if none does
 * @param targets knows the trusted proxies
 */
public record ClientCertificatePolicy(Optional<CertificateField> header, TargetUriPolicy targets) {
    /**
     * The certificate, as its exact DER.
     *
     * @return empty if the client presented none
     * @throws RefusedException if more than one is forwarded, or a malformed one
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

    /** The client's own certificate comes first (RFC 8446 §4.4.2); its issuers' follow. */
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
