package io.tokenguard.internal.possession;

import io.tokenguard.access.IncomingRequest.HeaderFields;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.request.PercentEncoding;
import java.util.List;
import java.util.Optional;

/**
 * Reads the one certificate that a trusted proxy forwards. Each format has exactly one encoding: a value in the format of
 * another proxy is malformed.
 */
final class CertificateHeaderReader {
    private static final int LONGEST = 16 * 1024;

    private CertificateHeaderReader() {}

    /**
     * Reads the field.
     *
     * @return the DER; empty if the field is missing or empty, as it is for clients without a certificate
     * @throws RefusedException with {@link RefusalReason#BINDING_AMBIGUOUS} if there is more than one, or more than 16 KiB;
     *     with {@link RefusalReason#BINDING_MISMATCH} if it is malformed
     */
    static Optional<byte[]> read(CertificateField header, HeaderFields headers) throws RefusedException {
        List<String> fields = headers.valuesOf(header.name());
        String value = fields.isEmpty() ? "" : fields.get(0);
        if (fields.size() > 1 || value.length() > LONGEST) {
            throw new RefusedException(RefusalReason.BINDING_AMBIGUOUS, "several fields, or too long");
        }
        String stripped = value.strip();
        if (stripped.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(requireOneElement(read(header.format(), stripped)));
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException(RefusalReason.BINDING_MISMATCH, "malformed certificate field");
        }
    }

    private static byte[] read(CertificateField.Format format, String value) throws RefusedException {
        if (format != CertificateField.Format.ENVOY && value.indexOf(',') >= 0) {
            throw new RefusedException(RefusalReason.BINDING_AMBIGUOUS, "a list");
        }
        return switch (format) {
            case RFC9440 -> byteSequence(value);
            case ENVOY -> Pem.read(PercentEncoding.decode(ForwardedClientCert.certificate(value)));
            case NGINX, ALB -> Pem.read(PercentEncoding.decode(value));
            case HAPROXY -> Pem.base64(value);
            case TRAEFIK -> Pem.base64(PercentEncoding.decode(value));
        };
    }

    /** RFC 8941 §3.3.5: base64 between colons. */
    private static byte[] byteSequence(String value) {
        int last = value.length() - 1;
        if (last < 1 || value.charAt(0) != ':' || value.charAt(last) != ':') {
            throw new IllegalArgumentException("no byte sequence");
        }
        return Pem.base64(value.substring(1, last));
    }

    /** X.690 §10.1: one sequence, with the shortest definite length, and nothing after it. */
    private static byte[] requireOneElement(byte[] der) {
        int octets = der.length > 1 && der[1] < 0 ? der[1] & 0x7F : 0;
        boolean hasHead = der.length > 2 + octets && der[0] == 0x30 && octets <= 2;
        if (!hasHead) {
            throw new IllegalArgumentException("no sequence");
        }
        int length = octets == 0 ? der[1] : 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) + (der[2 + i] & 0xFF);
        }
        boolean isShortest = octets == 0 || length >= (octets == 1 ? 0x80 : 0x100);
        if (!isShortest || der.length != 2 + octets + length) {
            throw new IllegalArgumentException("not exactly one element");
        }
        return der;
    }
}
