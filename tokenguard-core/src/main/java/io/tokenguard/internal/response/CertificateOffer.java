package io.tokenguard.internal.response;

/**
 * What the metadata say of tokens that are bound to a certificate (RFC 9728 §2).
 *
 * @param isServed whether they are served
 * @param isAskedFor whether more than the defaults ask for them
 */
public record CertificateOffer(boolean isServed, boolean isAskedFor) {
    /** They are not served. */
    public static final CertificateOffer NONE = new CertificateOffer(false, false);
}
