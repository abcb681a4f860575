package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/**
 * The length and range of valid signatures of a key. A signature outside never reaches a cryptographic provider, as
 * providers' own checks have been wrong (CVE-2022-21449). Immutable.
 */
final class SignatureRange {
    private static final int ED25519_BYTES = 64;
    private static final int ED448_BYTES = 114;

    private final byte[] bound;
    private final int numbers;
    private final boolean isZeroRefused;

    private SignatureRange(byte[] bound, int numbers, boolean isZeroRefused) {
        this.bound = bound;
        this.numbers = numbers;
        this.isZeroRefused = isZeroRefused;
    }

    static SignatureRange of(SignatureAlgorithm algorithm, PublicKey key) {
        // RFC 7518 §3.2: the whole hash.
        return algorithm.isHmac() ? new SignatureRange(new byte[HmacKey.hashBytes(algorithm)], 0, false) : of(key);
    }

    static SignatureRange of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            // RFC 8017 §8.1.2 and §8.2.2, step 1; §5.2.2, step 1.
            return new SignatureRange(bytes(rsa.getModulus()), 1, false);
        }
        if (key instanceof ECPublicKey ec) {
            // RFC 7518 §3.4: R and S at full length; FIPS 186-5 §6.4.2, step 1: both from 1 to n - 1.
            return new SignatureRange(bytes(ec.getParams().getOrder()), 2, true);
        }
        // RFC 8032 §5.1.6 and §5.2.6, FIPS 204 §4: only the length.
        return new SignatureRange(new byte[lengthFor(key)], 0, false);
    }

    private static int lengthFor(PublicKey key) {
        if (key instanceof EdECPublicKey edwards) {
            return EdwardsKeyRules.isEd448(edwards) ? ED448_BYTES : ED25519_BYTES;
        }
        return MlDsaKeys.parametersOf(key)
                .map(MlDsaKeys.Parameters::signatureBytes)
                .orElse(0);
    }

    /** A positive number, without the byte that its sign may need. */
    private static byte[] bytes(BigInteger number) {
        byte[] signed = number.toByteArray();
        return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    }

    boolean covers(byte[] signature) {
        if (signature.length != bound.length * Math.max(1, numbers)) {
            return false;
        }
        for (int number = 0; number < numbers; number++) {
            if (!isInRange(signature, number * bound.length)) {
                return false;
            }
        }
        return true;
    }

    private boolean isInRange(byte[] signature, int from) {
        int to = from + bound.length;
        return Arrays.compareUnsigned(signature, from, to, bound, 0, bound.length) < 0
                && !(isZeroRefused && isZero(signature, from, to));
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
