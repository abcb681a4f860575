package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.BindingMode;
import io.tokenguard.config.MutualTls;
import io.tokenguard.config.MutualTls.CertificateHeader;
import io.tokenguard.internal.possession.CertificateField;
import io.tokenguard.internal.possession.CertificatePolicy;
import io.tokenguard.internal.possession.ClientCertificatePolicy;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.internal.response.CertificateOffer;

/** Turns {@link MutualTls} settings into policies. */
final class CertificatePolicies {
    private static final String HEADER_KEY = "tokenguard.mtls.client-cert-header";

    private CertificatePolicies() {}

    /**
     * Which certificates prove possession.
     *
     * @throws ConfigurationException if a header is set without trusted proxies, or while certificates are not used
     */
    static CertificatePolicy possession(MutualTls settings, TargetUriPolicy targets) {
        settings.certificateHeader().ifPresent(header -> {
            if (targets.trustedProxies().isEmpty()) {
                throw ConfigurationException.of(
                        HEADER_KEY, header.name(), "name the proxies that write it in tokenguard.trusted-proxies");
            }
            if (settings.mode() == BindingMode.OFF) {
                throw ConfigurationException.of(
                        HEADER_KEY, header.name(), "leave it out, or set tokenguard.mtls.mode to supported");
            }
        });
        return new CertificatePolicy(
                DpopPolicies.support(settings.mode()),
                new ClientCertificatePolicy(settings.certificateHeader().map(CertificatePolicies::field), targets));
    }

    private static CertificateField field(CertificateHeader header) {
        return new CertificateField(format(header.format()), header.name());
    }

    private static CertificateField.Format format(CertificateHeader.Format format) {
        return switch (format) {
            case RFC9440 -> CertificateField.Format.RFC9440;
            case ENVOY -> CertificateField.Format.ENVOY;
            case NGINX -> CertificateField.Format.NGINX;
            case HAPROXY -> CertificateField.Format.HAPROXY;
            case ALB -> CertificateField.Format.ALB;
            case TRAEFIK -> CertificateField.Format.TRAEFIK;
        };
    }

    /** What the metadata states about certificates. */
    static CertificateOffer offer(MutualTls settings) {
        return new CertificateOffer(
                settings.mode() != BindingMode.OFF,
                settings.mode() == BindingMode.REQUIRED
                        || settings.certificateHeader().isPresent());
    }
}
