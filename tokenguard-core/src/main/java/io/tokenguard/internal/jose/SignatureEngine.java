package io.tokenguard.internal.jose;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import java.math.BigInteger;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.lang.InvalidAlgorithmException;
import org.jose4j.lang.JoseException;

/**
 * Checks signatures with jose4j's algorithms. Length and range are checked first, so that no value reaches the
 * cryptographic provider that the specification rules out (RFC 7518 §3.3, §3.4; CVE-2022-21449). Thread-safe.
 */
public final class SignatureEngine {
    private static final ProviderContext PROVIDERS = new ProviderContext();
    private static final int ED25519_BYTES = 64;

    private SignatureEngine() {}

    /**
     * Whether a signature is that of a key over some bytes.
     *
     * @param key the key, with the one algorithm that it verifies
     * @param signed the bytes that were signed
     * @param signature the signature in its JOSE form
     */
    public static boolean verify(VerificationKey key, byte[] signed, byte[] signature) {
        if (!isInRange(key.publicKey(), signature)) {
            return false;
        }
        try {
            return algorithm(key.algorithm()).verifySignature(signature, key.publicKey(), signed, PROVIDERS)
                    && Pkcs1Encoding.isExact(key.publicKey(), key.algorithm(), signed, signature);
        } catch (JoseException | NoSuchAlgorithmException | RuntimeException failed) {
            // A provider that chokes on a signature has not verified it.
            return false;
        }
    }

    /**
     * Checks at start that this JVM can do an algorithm.
     *
     * @throws ConfigurationException if it can't
     */
    public static void requireAvailable(SignatureAlgorithm algorithm) {
        try {
            algorithm(algorithm);
        } catch (JoseException unavailable) {
            throw ConfigurationException.of(
                    "tokenguard.algorithms", algorithm, "this JVM has no provider for it; leave it out of the list");
        }
    }

    private static JsonWebSignatureAlgorithm algorithm(SignatureAlgorithm algorithm) throws InvalidAlgorithmException {
        return AlgorithmFactoryFactory.getInstance()
                .getJwsAlgorithmFactory()
                .getAlgorithm(algorithm.joseNames().get(0));
    }

    private static boolean isInRange(PublicKey key, byte[] signature) {
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
