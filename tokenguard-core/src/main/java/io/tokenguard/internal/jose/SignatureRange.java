package io.tokenguard.internal.jose;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/**
 * The length and the numbers that a signature of a key can have at all. What lies outside never reaches a cryptographic
 * provider, whose own checks have been wrong before (CVE-2022-21449).
 */
final class SignatureRange {
    private static final int ED25519_BYTES = 64;

    private SignatureRange() {}

    static boolean covers(PublicKey key, byte[] signature) {
        if (key instanceof RSAPublicKey rsa) {
            return isRsaInRange(rsa.getModulus(), signature);
        }
        if (key instanceof ECPublicKey ec) {
            return isEcdsaInRange(ec.getParams().getOrder(), signature);
        }
        return signature.length == ED25519_BYTES;
    }

    /** RFC 8017 §8.1.2 and §8.2.2, step 1; §5.2.2, step 1. */
    private static boolean isRsaInRange(BigInteger modulus, byte[] signature) {
        return signature.length == bytesOf(modulus) && new BigInteger(1, signature).compareTo(modulus) < 0;
    }

    /** RFC 7518 §3.4: R and S at full length; FIPS 186-5 §6.4.2, step 1: both from 1 to n - 1. */
    private static boolean isEcdsaInRange(BigInteger order, byte[] signature) {
        int half = bytesOf(order);
        return signature.length == 2 * half
                && isScalar(Arrays.copyOfRange(signature, 0, half), order)
                && isScalar(Arrays.copyOfRange(signature, half, 2 * half), order);
    }

    private static boolean isScalar(byte[] bytes, BigInteger order) {
        BigInteger scalar = new BigInteger(1, bytes);
        return scalar.signum() > 0 && scalar.compareTo(order) < 0;
    }

    private static int bytesOf(BigInteger number) {
        return (number.bitLength() + 7) / 8;
    }
}
