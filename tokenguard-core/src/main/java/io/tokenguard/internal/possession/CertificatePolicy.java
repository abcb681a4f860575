package io.tokenguard.internal.possession;

/**
 * How certificate-bound tokens are accepted (RFC 8705 §3).
 *
 * @param mode whether they are
 * @param certificates finds the client's certificate
 */
public record CertificatePolicy(BindingSupport mode, ClientCertificatePolicy certificates) {}
