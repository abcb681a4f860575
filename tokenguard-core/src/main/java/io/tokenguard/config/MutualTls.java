package io.tokenguard.config;

import java.util.Optional;

/**
 * How tokens that are bound to the certificate of a TLS client are served (RFC 8705 §3). Immutable: each method returns a
 * new value.
 *
 * @param mode whether they are served. Default: {@link BindingMode#SUPPORTED}
 * @param certificateHeader where trusted proxies hand the certificate on. Default: nowhere; it is the connection's
 * @see io.tokenguard.TokenGuardBuilder#mutualTls(MutualTls)
 */
public record MutualTls(BindingMode mode, Optional<CertificateHeader> certificateHeader) {
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
     * @see io.tokenguard.TokenGuardBuilder#trustedProxies(String...)
     */
    public MutualTls certificateHeader(CertificateHeader header) {
        return new MutualTls(mode, Optional.of(header));
    }
}
