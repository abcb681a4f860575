package io.tokenguard.config;

import java.util.Optional;

/**
 * How certificate-bound tokens are accepted (RFC 8705 §3). Immutable: each method returns a new value.
 *
 * @param mode whether they are accepted. Default: {@link BindingMode#SUPPORTED}
 * @param certificateHeader the field in which trusted proxies forward the certificate. Default: none; the connection's is
 *     used
 * @see io.tokenguard.TokenGuardBuilder#mutualTls(MutualTls)
 */
public record MutualTls(BindingMode mode, Optional<CertificateHeader> certificateHeader) {
    /** Certificate-bound tokens are accepted, and others too. */
    public static MutualTls supported() {
        return new MutualTls(BindingMode.SUPPORTED, Optional.empty());
    }

    /** Only certificate-bound tokens are accepted. */
    public static MutualTls required() {
        return supported().mode(BindingMode.REQUIRED);
    }

    /** Certificate-bound tokens are refused. */
    public static MutualTls off() {
        return supported().mode(BindingMode.OFF);
    }

    /** Whether certificate-bound tokens are accepted. */
    public MutualTls mode(BindingMode chosen) {
        return new MutualTls(chosen, certificateHeader);
    }

    /**
     * The field in which trusted proxies, which terminate TLS, forward their clients' certificates. Each proxy must remove
     * this field from clients' requests; otherwise any client can set it (RFC 9440 §4). The certificate of a proxy's own
     * connection is then ignored.
     *
     * @see io.tokenguard.TokenGuardBuilder#trustedProxies(String...)
     */
    public MutualTls certificateHeader(CertificateHeader header) {
        return new MutualTls(mode, Optional.of(header));
    }
}
