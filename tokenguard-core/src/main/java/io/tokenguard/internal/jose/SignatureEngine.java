package io.tokenguard.internal.jose;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;
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
    private static final Map<SignatureAlgorithm, ProviderContext> PROVIDERS = providers();

    private SignatureEngine() {}

    /**
     * Whether a signature is that of a key over some bytes.
     *
     * @param key the key, with the one algorithm that it verifies
     * @param signed the bytes that were signed
     * @param signature the signature in its JOSE form
     */
    public static boolean verify(VerificationKey key, byte[] signed, byte[] signature) {
        if (!SignatureRange.covers(key.publicKey(), signature)) {
            return false;
        }
        try {
            ProviderContext provider = PROVIDERS.get(key.algorithm());
            return algorithm(key.algorithm()).verifySignature(signature, key.publicKey(), signed, provider)
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

    private static Map<SignatureAlgorithm, ProviderContext> providers() {
        Map<SignatureAlgorithm, ProviderContext> providers = new EnumMap<>(SignatureAlgorithm.class);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            providers.put(algorithm, PlatformProvider.forSignatures(algorithm));
        }
        return providers;
    }
}
