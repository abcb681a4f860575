package io.tokenguard.internal.possession;

import io.tokenguard.access.Confirmation;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.jose.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** Checks that the sender of a token presented the certificate that it is bound to (RFC 8705 §3). Thread-safe. */
final class CertificateCheck {
    private final ClientCertificatePolicy certificates;

    CertificateCheck(ClientCertificatePolicy certificates) {
        this.certificates = certificates;
    }

    /**
     * Requires a certificate.
     *
     * @param thumbprint the certificate's, {@code x5t#S256} in base64url
     */
    Confirmation.Certificate check(IncomingRequest request, String thumbprint) throws RefusedException {
        byte[] shown = certificates
                .of(request)
                .orElseThrow(() -> new RefusedException(
                        RefusalReason.BINDING_MISSING,
                        "x5t#S256",
                        () -> Finding.of(
                                        "no client certificate " + certificates.source(request),
                                        "the certificate in cnf.x5t#S256")
                                .by("tokenguard.mtls.client-cert-header", "tokenguard.trusted-proxies")));
        if (!MessageDigest.isEqual(thumbprintOf(shown), thumbprint.getBytes(StandardCharsets.US_ASCII))) {
            throw new RefusedException(
                    RefusalReason.BINDING_MISMATCH,
                    "x5t#S256",
                    () -> Finding.of(
                                    "certificate " + new String(thumbprintOf(shown), StandardCharsets.US_ASCII) + " "
                                            + certificates.source(request),
                                    "certificate " + thumbprint)
                            .by("tokenguard.mtls.client-cert-header", "tokenguard.trusted-proxies"));
        }
        return new Confirmation.Certificate(thumbprint);
    }

    /** RFC 8705 §3.1: computed from the DER, whatever it contains. */
    private static byte[] thumbprintOf(byte[] der) {
        return Base64.getUrlEncoder().withoutPadding().encode(Sha256.of(der));
    }
}
