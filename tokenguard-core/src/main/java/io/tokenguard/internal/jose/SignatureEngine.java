package io.tokenguard.internal.jose;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Checks signatures. Length and range are checked first, so that no value reaches a cryptographic provider that the
 * specification rules out (RFC 7518 §3.3, §3.4; CVE-2022-21449). Thread-safe.
 */
public final class SignatureEngine {
    private static final int MOST_READY_KEYS = 10_000;

    private final Map<SignatureAlgorithm, SignatureScheme> schemes;

    /** Keys are known by their identity and kept no longer than whoever published them keeps them. */
    private final LoadingCache<VerificationKey, ReadyKey> ready;

    SignatureEngine(Map<SignatureAlgorithm, SignatureScheme> schemes) {
        this.schemes = new EnumMap<>(schemes);
        this.ready = Caffeine.newBuilder()
                .weakKeys()
                .maximumSize(MOST_READY_KEYS)
                .executor(Runnable::run)
                .build(this::ready);
    }

    /**
     * A key and what its signatures can be.
     *
     * @param range what a signature has to be for anybody to be asked about it
     * @param key who is asked
     */
    private record ReadyKey(SignatureRange range, PreparedKey key) {}

    private ReadyKey ready(VerificationKey key) {
        SignatureScheme scheme = schemes.get(key.algorithm());
        return new ReadyKey(
                SignatureRange.of(key.publicKey()),
                scheme == null ? (signed, signature) -> false : scheme.prepare(key.publicKey()));
    }

    /** By what the platform brings along. */
    public static SignatureEngine platform() {
        return new SignatureEngine(PlatformProvider.schemes());
    }

    /** Whether signatures of an algorithm can be checked. */
    public boolean covers(SignatureAlgorithm algorithm) {
        SignatureScheme scheme = schemes.get(algorithm);
        return scheme != null && scheme.isAvailable();
    }

    /**
     * Whether a signature is that of a key over some bytes.
     *
     * @param key the key, with the one algorithm that it verifies; the same object each time
     * @param signed the bytes that were signed
     * @param signature the signature in its JOSE form
     */
    public boolean verify(VerificationKey key, byte[] signed, byte[] signature) {
        return verify(ready.get(key), signed, signature);
    }

    /**
     * Whether a signature is that of a key which is used this once.
     *
     * @param key the key, with the one algorithm that it verifies
     * @param signed the bytes that were signed
     * @param signature the signature in its JOSE form
     */
    public boolean verifyOnce(VerificationKey key, byte[] signed, byte[] signature) {
        return verify(ready(key), signed, signature);
    }

    private static boolean verify(ReadyKey key, byte[] signed, byte[] signature) {
        try {
            return key.range().covers(signature) && key.key().verify(signed, signature);
        } catch (GeneralSecurityException | IOException | RuntimeException failed) {
            // A provider that chokes on a signature has not verified it.
            return false;
        }
    }

    /** Who checks signatures of an algorithm, for the operator. */
    public String worker(SignatureAlgorithm algorithm) {
        SignatureScheme scheme = schemes.get(algorithm);
        return scheme == null ? "nobody" : scheme.worker();
    }
}
