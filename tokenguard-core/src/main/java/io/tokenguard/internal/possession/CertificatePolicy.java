package io.tokenguard.internal.possession;

/**
 * How tokens that are bound to a certificate are served (RFC 8705 §3).
 *
 * @param mode whether they are
 * @param certificates tells which certificate a client has shown
 */
public record CertificatePolicy(BindingSupport mode, ClientCertificatePolicy certificates) {}
