package io.tokenguard.internal.possession;

/**
 * The header field in which a trusted proxy forwards its client's certificate.
 *
 * @param format how the certificate is encoded
 * @param name the field's name; case-insensitive
 */
public record CertificateField(Format format, String name) {
    /** How a certificate is encoded. */
    public enum Format {
        /** A byte sequence (RFC 9440 §2.2). */
        RFC9440,
        /** The element's {@code Cert}, a URL-encoded PEM. */
        ENVOY,
        /** A URL-encoded PEM. */
        NGINX,
        /** Base64 of the DER. */
        HAPROXY,
        /** A URL-encoded PEM in which {@code + = /} are not encoded. */
        ALB,
        /** A PEM without its delimiters and line ends, URL-encoded or not. */
        TRAEFIK
    }
}
