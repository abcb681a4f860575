package io.tokenguard.internal.jose;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads public keys from DER: SubjectPublicKeyInfo, certificates, and RSA keys of PKCS #1. */
final class DerKeys {
    private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

    /** RFC 8017 §C: SEQUENCE { rsaEncryption, NULL }. */
    private static final byte[] RSA_ENCRYPTION = {
        0x30, 0x0D, 0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private DerKeys() {}

    /** The key of a SubjectPublicKeyInfo (RFC 5280 §4.1); null if it is malformed or of another kind. */
    static @Nullable PublicKey ofPublicKeyInfo(byte[] der) {
        PublicKey unconverted = UnconvertedKey.of(der);
        if (unconverted != null) {
            return unconverted;
        }
        for (String kind : KINDS) {
            try {
                return factory(kind).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException | RuntimeException ofAnotherKind) {
                // The next kind may read it.
            }
        }
        return null;
    }

    private static KeyFactory factory(String kind) throws GeneralSecurityException {
        String provider = PlatformProvider.forKeys(kind);
        return provider == null ? KeyFactory.getInstance(kind) : KeyFactory.getInstance(kind, provider);
    }

    /** The key of a certificate, whose dates and signature are not checked; null if it is malformed or of another kind. */
    static @Nullable PublicKey ofCertificate(byte[] der) {
        try {
            return ofPublicKeyInfo(CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey()
                    .getEncoded());
        } catch (CertificateException | RuntimeException malformed) {
            return null;
        }
    }

    /** The key of an RSAPublicKey (RFC 8017 §A.1.1); null if it is malformed. */
    static @Nullable PublicKey ofPkcs1(byte[] der) {
        byte[] bits = element(0x03, new byte[] {0}, der);
        return ofPublicKeyInfo(element(0x30, RSA_ENCRYPTION, bits));
    }

    private static byte[] element(int tag, byte[] one, byte[] other) {
        int length = one.length + other.length;
        byte[] element = new byte[5 + length];
        element[0] = (byte) tag;
        element[1] = (byte) 0x83;
        element[2] = (byte) (length >> 16);
        element[3] = (byte) (length >> 8);
        element[4] = (byte) length;
        System.arraycopy(one, 0, element, 5, one.length);
        System.arraycopy(other, 0, element, 5 + one.length, other.length);
        return minimal(element, length);
    }

    /** DER has lengths in their shortest form. */
    private static byte[] minimal(byte[] element, int length) {
        int skipped = length > 0xFFFF ? 0 : length > 0xFF ? 1 : length > 0x7F ? 2 : 3;
        byte[] shorter = new byte[element.length - skipped];
        shorter[0] = element[0];
        shorter[1] = skipped == 3 ? (byte) length : (byte) (0x83 - skipped);
        int first = skipped == 3 ? 5 : 2 + skipped;
        System.arraycopy(element, first, shorter, 2, element.length - first);
        return shorter;
    }
}
