package io.tokenguard.internal.jose;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.telemetry.GuardCounters;
import io.tokenguard.internal.telemetry.OperationOutcome;
import io.tokenguard.internal.telemetry.OperationTimer;
import io.tokenguard.spi.VerificationKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies signatures. Checks length and range first, so that no value that the specification rules out reaches a
 * cryptographic provider (RFC 7518 §3.3, §3.4; CVE-2022-21449). Thread-safe.
 */
public final class SignatureEngine {
    private static final int MOST_READY_KEYS = 10_000;

    private final Map<SignatureAlgorithm, SignatureScheme> schemes;
    private final Optional<GuardCounters> counters;

    /** Weak keys, by identity: an entry lives no longer than the published key. */
    private final LoadingCache<VerificationKey, ReadyKey> ready;

    SignatureEngine(Map<SignatureAlgorithm, SignatureScheme> schemes) {
        this(schemes, Optional.empty());
    }

    private SignatureEngine(Map<SignatureAlgorithm, SignatureScheme> schemes, Optional<GuardCounters> counters) {
        this.schemes = new EnumMap<>(schemes);
        this.counters = counters;
        this.ready = Caffeine.newBuilder()
                .weakKeys()
                .maximumSize(MOST_READY_KEYS)
                .executor(Runnable::run)
                .build(this::ready);
    }

    /**
     * A prepared key.
     *
     * @param range the range that a signature must be in before the key is used
     * @param key verifies signatures
     * @param timer counts and times them; empty if that is not wanted
     */
    private record ReadyKey(
            SignatureRange range, PreparedKey key, Optional<OperationTimer<OperationOutcome.Signature>> timer) {}

    private ReadyKey ready(VerificationKey key) {
        SignatureScheme scheme = schemes.get(key.algorithm());
        return new ReadyKey(
                SignatureRange.of(key.algorithm(), key.publicKey()),
                scheme == null ? (signed, signature) -> false : scheme.prepare(key.publicKey()),
                counters.map(counted -> counted.signatures(key.algorithm(), worker(key.algorithm()))));
    }

    /** With the platform's own providers. */
    public static SignatureEngine platform() {
        return new SignatureEngine(PlatformProvider.schemes());
    }

    /** The same with the schemes of another one for what this one lacks. */
    SignatureEngine with(SignatureEngine other) {
        Map<SignatureAlgorithm, SignatureScheme> both = new EnumMap<>(schemes);
        both.putAll(other.schemes);
        return new SignatureEngine(both);
    }

    /**
     * The same, which counts and times what it verifies.
     *
     * @param expected the algorithms that are counted from the start
     */
    public SignatureEngine countedBy(GuardCounters guard, Set<SignatureAlgorithm> expected) {
        expected.forEach(algorithm -> {
            OperationTimer<OperationOutcome.Signature> unused = guard.signatures(algorithm, worker(algorithm));
        });
        return new SignatureEngine(schemes, Optional.of(guard));
    }

    /** Whether signatures of an algorithm can be verified. */
    public boolean covers(SignatureAlgorithm algorithm) {
        SignatureScheme scheme = schemes.get(algorithm);
        return scheme != null && scheme.isAvailable();
    }

    /**
     * Whether a signature over some bytes is valid.
     *
     * @param key the key, with its one algorithm; the same object each time
     * @param signed the signed bytes
     * @param signature the signature in its JOSE form
     */
    public boolean verify(VerificationKey key, byte[] signed, byte[] signature) {
        return verify(ready.get(key), signed, signature);
    }

    /**
     * Whether a signature by a key that is used only once is valid.
     *
     * @param key the key, with its one algorithm
     * @param signed the signed bytes
     * @param signature the signature in its JOSE form
     */
    public boolean verifyOnce(VerificationKey key, byte[] signed, byte[] signature) {
        return verify(ready(key), signed, signature);
    }

    private static boolean verify(ReadyKey key, byte[] signed, byte[] signature) {
        if (key.timer().isEmpty()) {
            return isValid(key, signed, signature);
        }
        OperationTimer.Running<OperationOutcome.Signature> running =
                key.timer().get().start();
        boolean isValid = isValid(key, signed, signature);
        running.end(isValid ? OperationOutcome.Signature.VALID : OperationOutcome.Signature.INVALID);
        return isValid;
    }

    private static boolean isValid(ReadyKey key, byte[] signed, byte[] signature) {
        try {
            return key.range().covers(signature) && key.key().verify(signed, signature);
        } catch (GeneralSecurityException | IOException | RuntimeException failed) {
            // A provider that fails on a signature has not verified it.
            return false;
        }
    }

    /** The name of the provider for an algorithm, for the operator. */
    public String worker(SignatureAlgorithm algorithm) {
        SignatureScheme scheme = schemes.get(algorithm);
        return scheme == null ? "none" : scheme.worker();
    }
}
