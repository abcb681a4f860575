package io.tokenguard.attacks;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes X.509 certificates (RFC 5280 §4.1) out of bare DER, as the JDK has no public way to make one. */
final class Certificates {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OID = 0x06;
    private static final int UTF8_STRING = 0x0C;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    /** 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
    private static final byte[] ECDSA_SHA256 = {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x04, 0x03, 0x02};

    /** 2.5.4.3, commonName. */
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

    private Certificates() {}

    /** The certificate of a key, in the base64 of {@code x5c}; signed by a P-256 key, which may be the same. */
    static String x5c(TestKey subject, TestKey signer) {
        return Base64.getEncoder().encodeToString(der(subject, signer));
    }

    static byte[] der(TestKey subject, TestKey signer) {
        byte[] algorithm = tlv(SEQUENCE, tlv(OID, ECDSA_SHA256));
        byte[] name = name("attacker");
        byte[] times = tlv(SEQUENCE, time("250101000000Z"), time("490101000000Z"));
        byte[] serial = tlv(INTEGER, BigInteger.ONE.toByteArray());
        byte[] content = tlv(
                SEQUENCE,
                serial,
                algorithm,
                name,
                times,
                name,
                subject.publicKey().getEncoded());
        byte[] signature = derSignature(signer.sign(TestAlgorithm.ES256, content));
        return tlv(SEQUENCE, content, algorithm, tlv(BIT_STRING, new byte[1], signature));
    }

    /** r and s of an ECDSA signature as DER, the form that JOSE does not use. */
    static byte[] derSignature(byte[] joseSignature) {
        int half = joseSignature.length / 2;
        BigInteger r = new BigInteger(1, joseSignature, 0, half);
        BigInteger s = new BigInteger(1, joseSignature, half, half);
        return tlv(SEQUENCE, tlv(INTEGER, r.toByteArray()), tlv(INTEGER, s.toByteArray()));
    }

    private static byte[] name(String commonName) {
        byte[] text = tlv(UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8));
        return tlv(SEQUENCE, tlv(SET, tlv(SEQUENCE, tlv(OID, COMMON_NAME), text)));
    }

    private static byte[] time(String utc) {
        return tlv(UTC_TIME, utc.getBytes(StandardCharsets.US_ASCII));
    }

    /** Tag, length and value (X.690 §8.1). */
    static byte[] tlv(int tag, byte[]... values) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] value : values) {
            content.writeBytes(value);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length < 0x80) {
            whole.write(length);
        } else {
            byte[] octets = Numbers.unsigned(BigInteger.valueOf(length));
            whole.write(0x80 | octets.length);
            whole.writeBytes(octets);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
