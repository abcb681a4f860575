package io.tokenguard;

import io.tokenguard.access.BindingMode;
import io.tokenguard.access.CertificateHeader;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.possession.CertificatePolicy;
import io.tokenguard.internal.request.ClientCertificatePolicy;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.internal.response.CertificateOffer;
import java.util.Optional;

/**
 * How tokens that are bound to the certificate of a TLS client are served (RFC 8705 §3). Immutable: each method returns a
 * new value.
 *
 * @param mode whether they are served. Default: {@link BindingMode#SUPPORTED}
 * @param certificateHeader where trusted proxies hand the certificate on. Default: nowhere; it is the connection's
 * @see TokenGuardBuilder#mutualTls(MutualTls)
 */
public record MutualTls(BindingMode mode, Optional<CertificateHeader> certificateHeader) {
    private static final String HEADER_KEY = "tokenguard.mtls.client-cert-header";

    /** Tokens that are bound to a certificate are served beside others. */
    public static MutualTls supported() {
        return new MutualTls(BindingMode.SUPPORTED, Optional.empty());
    }

    /** Only tokens that are bound to a certificate are served. */
    public static MutualTls required() {
        return supported().mode(BindingMode.REQUIRED);
    }

    /** Tokens that are bound to a certificate are refused. */
    public static MutualTls off() {
        return supported().mode(BindingMode.OFF);
    }

    /** Whether tokens that are bound to a certificate are served. */
    public MutualTls mode(BindingMode chosen) {
        return new MutualTls(chosen, certificateHeader);
    }

    /**
     * Where the trusted proxies, which end the TLS connections of clients, hand on the certificates. Each of them must
     * remove this field from what clients send, or anybody can write it (RFC 9440 §4); the connection's own certificate
     * then no longer counts, where it is a proxy's.
     *
     * @see TokenGuardBuilder#trustedProxies(String...)
     */
    public MutualTls certificateHeader(CertificateHeader header) {
        return new MutualTls(mode, Optional.of(header));
    }

    /**
     * What the room of possession has to know.
     *
     * @throws ConfigurationException if there is a header that nobody may write, or nobody would read
     */
    CertificatePolicy policy(TargetUriPolicy targets) {
        certificateHeader.ifPresent(header -> {
            if (targets.trustedProxies().isEmpty()) {
                throw ConfigurationException.of(
                        HEADER_KEY, header.name(), "name the proxies that write it in tokenguard.trusted-proxies");
            }
            if (mode == BindingMode.OFF) {
                throw ConfigurationException.of(
                        HEADER_KEY, header.name(), "leave it out, or set tokenguard.mtls.mode to supported");
            }
        });
        return new CertificatePolicy(mode, new ClientCertificatePolicy(certificateHeader, targets));
    }

    CertificateOffer offer() {
        return new CertificateOffer(
                mode != BindingMode.OFF, mode == BindingMode.REQUIRED || certificateHeader.isPresent());
    }
}
