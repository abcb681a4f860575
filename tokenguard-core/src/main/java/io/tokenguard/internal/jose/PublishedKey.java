package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import java.security.PublicKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * One key of a key set: what it may verify, or which rule it broke.
 *
 * @param keyId its name; empty where it has none
 * @param uses a verification key for each algorithm that it serves; empty where it serves none
 * @param flaw the rule that it broke, a constant; empty where it broke none
 */
public record PublishedKey(String keyId, Map<SignatureAlgorithm, VerificationKey> uses, String flaw) {
    /** A key that is used for nothing, but whose name is remembered: a token that names it is told apart from one that names none. */
    static PublishedKey refused(String keyId, String flaw) {
        return new PublishedKey(keyId, Map.of(), flaw);
    }

    /**
     * A key for some algorithms.
     *
     * @param keyId its name; empty where it has none
     * @param key the key, which has passed the rules for keys
     * @param algorithms what it verifies
     */
    static PublishedKey usable(String keyId, PublicKey key, Set<SignatureAlgorithm> algorithms) {
        Map<SignatureAlgorithm, VerificationKey> uses = new EnumMap<>(SignatureAlgorithm.class);
        algorithms.forEach(algorithm -> uses.put(algorithm, new VerificationKey(keyId, algorithm, key)));
        return new PublishedKey(keyId, uses, "");
    }

    /** Whether the key broke a rule. */
    public boolean isRefused() {
        return !flaw.isEmpty();
    }
}
