package io.tokenguard.testkit;

import static io.tokenguard.testkit.Der.bytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes X.509 certificates (RFC 5280 §4.1) that ECDSA on P-256 signs; the JDK has no public way to make one. */
final class CertificateText {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] FROM = Der.of(Der.UTC_TIME, "250101000000Z".getBytes(US_ASCII));
    /** When certificates end, unless a test states another moment. */
    static final Instant USUAL_END = Instant.parse("2049-01-01T00:00:00Z");

    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final byte[] TRUE = Der.of(Der.BOOLEAN, bytes(0xFF));
    private static final byte[] VERSION_3 = Der.of(0xA0, Der.integer(BigInteger.TWO));

    /** 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
    private static final byte[] ECDSA_SHA256 =
            Der.of(Der.SEQUENCE, Der.of(Der.OID, bytes(0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2)));

    /** 2.5.29.19: it may sign others. */
    private static final byte[] IS_AUTHORITY = Der.of(
            Der.SEQUENCE,
            Der.of(Der.OID, bytes(0x55, 0x1D, 0x13)),
            TRUE,
            Der.of(Der.OCTET_STRING, Der.of(Der.SEQUENCE, TRUE)));

    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

    private CertificateText() {}

    /** 2.5.29.17: {@code localhost} and 127.0.0.1, so that servers of a test can show it, and the subject if it is a host. */
    private static byte[] names(String subject) {
        String host = HOST.matcher(subject).matches() ? subject : "localhost";
        byte[] names = Der.of(
                Der.SEQUENCE,
                Der.of(0x82, "localhost".getBytes(US_ASCII)),
                Der.of(0x82, host.getBytes(US_ASCII)),
                Der.of(0x87, bytes(127, 0, 0, 1)));
        return Der.of(Der.SEQUENCE, Der.of(Der.OID, bytes(0x55, 0x1D, 0x11)), Der.of(Der.OCTET_STRING, names));
    }

    /** The DER of a certificate. */
    static byte[] write(String subject, TestKey key, String issuer, TestKey signer, Instant end) {
        byte[] content = Der.of(
                Der.SEQUENCE,
                VERSION_3,
                Der.integer(new BigInteger(64, RANDOM).add(BigInteger.ONE)),
                ECDSA_SHA256,
                name(issuer),
                Der.of(
                        Der.SEQUENCE,
                        FROM,
                        Der.of(Der.UTC_TIME, UTC_TIME.format(end).getBytes(US_ASCII))),
                name(subject),
                key.publicKey().getEncoded(),
                Der.of(0xA3, Der.of(Der.SEQUENCE, IS_AUTHORITY, names(subject))));
        byte[] signature = derSignature(signer.sign(TestAlgorithm.ES256, content));
        return Der.of(Der.SEQUENCE, content, ECDSA_SHA256, Der.of(Der.BIT_STRING, bytes(0), signature));
    }

    /** 2.5.4.3, commonName. */
    private static byte[] name(String commonName) {
        byte[] pair = Der.of(
                Der.SEQUENCE, Der.of(Der.OID, bytes(0x55, 4, 3)), Der.of(Der.UTF8_STRING, commonName.getBytes(UTF_8)));
        return Der.of(Der.SEQUENCE, Der.of(Der.SET, pair));
    }

    /** r and s, which JOSE puts side by side. */
    private static byte[] derSignature(byte[] joseSignature) {
        int half = joseSignature.length / 2;
        BigInteger r = new BigInteger(1, joseSignature, 0, half);
        BigInteger s = new BigInteger(1, joseSignature, half, half);
        return Der.of(Der.SEQUENCE, Der.integer(r), Der.integer(s));
    }
}
