package io.tokenguard.config;

import io.tokenguard.access.ConfigurationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /**
     * The header field in which a proxy that terminates TLS forwards the certificate of its client. Immutable.
     *
     * @param format how the certificate is encoded
     * @param name the name of the field; its case does not matter
     */
    public record CertificateHeader(Format format, String name) {
        private static final String KEY = "tokenguard.mtls.client-cert-header";

        /** How a certificate is encoded. */
        public enum Format {
            /** {@code Client-Cert} as a byte sequence (RFC 9440 §2.2). */
            RFC9440("Client-Cert"),
            /** Envoy's {@code X-Forwarded-Client-Cert}: the element's {@code Cert}, a URL-encoded PEM. Its {@code Hash} is not enough. */
            ENVOY("X-Forwarded-Client-Cert"),
            /** nginx's {@code $ssl_client_escaped_cert}: a URL-encoded PEM. */
            NGINX("X-SSL-Client-Cert"),
            /** HAProxy's {@code %[ssl_c_der,base64]}: base64 of the DER. */
            HAPROXY("X-SSL-Client-Cert"),
            /** The leaf that a load balancer of AWS has verified: a URL-encoded PEM in which {@code + = /} stay as they are. */
            ALB("X-Amzn-Mtls-Clientcert-Leaf"),
            /** Traefik's {@code X-Forwarded-Tls-Client-Cert}: a PEM without its delimiters and line ends, URL-encoded or not. */
            TRAEFIK("X-Forwarded-Tls-Client-Cert");

            private final String usualName;

            Format(String usualName) {
                this.usualName = usualName;
            }

            /** The usual name of the field. */
            public String usualName() {
                return usualName;
            }

            /** Its name in properties. */
            public String settingName() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /**
         * Checks that the name is a field name (RFC 9110 §5.1).
         *
         * @throws ConfigurationException if it is not
         */
        public CertificateHeader {
            boolean isToken = !name.isEmpty()
                    && name.chars()
                            .allMatch(c -> (c >= '0' && c <= '9')
                                    || (c >= 'A' && c <= 'Z')
                                    || (c >= 'a' && c <= 'z')
                                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
            if (!isToken) {
                throw ConfigurationException.of(KEY, name, "name the header field by a name that a field can have");
            }
        }

        /** The field with its usual name. */
        public static CertificateHeader of(Format format) {
            return new CertificateHeader(format, format.usualName());
        }

        /**
         * Reads a field as it is written in properties: a format, followed by the name of the field if it is not the usual one, as in
         * {@code nginx X-Client-Cert}.
         *
         * @throws ConfigurationException if it can't be read
         */
        public static CertificateHeader parse(String text) {
            String stripped = text.strip();
            int space = stripped.indexOf(' ');
            String word = space < 0 ? stripped : stripped.substring(0, space);
            Format format = Arrays.stream(Format.values())
                    .filter(known -> known.settingName().equals(word))
                    .findFirst()
                    .orElseThrow(() -> ConfigurationException.of(KEY, text, "begin it with one of " + formats()));
            return space < 0
                    ? of(format)
                    : new CertificateHeader(format, stripped.substring(space).strip());
        }

        private static String formats() {
            return Arrays.stream(Format.values()).map(Format::settingName).collect(Collectors.joining(", "));
        }
    }
}
