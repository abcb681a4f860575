package io.tokenguard.internal.response;

/**
 * What the metadata states about certificate-bound tokens (RFC 9728 §2).
 *
 * @param isServed whether they are accepted
 * @param isAskedFor whether a setting other than the defaults requests them
 */
public record CertificateOffer(boolean isServed, boolean isAskedFor) {
    /** They are not accepted. */
    public static final CertificateOffer NONE = new CertificateOffer(false, false);
}
