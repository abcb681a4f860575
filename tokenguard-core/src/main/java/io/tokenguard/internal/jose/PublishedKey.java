package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import java.security.PublicKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * One key of a key set: what it may verify, or which rule it breaks.
 *
 * @param keyId its key ID; empty if it has none
 * @param uses a verification key for each supported algorithm; empty if there is none
 * @param flaw the rule that it breaks, a constant; empty if it breaks none
 * @param idle why it verifies nothing here though it breaks no rule, a constant; empty if it verifies something, or breaks a rule
 * @param thumbprints those of its certificate, by which a token without a key ID may name it; empty if it has none
 */
public record PublishedKey(
        String keyId,
        Map<SignatureAlgorithm, VerificationKey> uses,
        String flaw,
        String idle,
        Set<String> thumbprints) {
    /** A key that is not used. Its key ID is kept, so that a token with it is not refused as having an unknown key. */
    static PublishedKey refused(String keyId, String flaw) {
        return new PublishedKey(keyId, Map.of(), flaw, "", Set.of());
    }

    /**
     * A key for some algorithms.
     *
     * @param keyId its key ID; empty if it has none
     * @param key the key, which meets the rules for keys
     * @param algorithms what it verifies
     */
    static PublishedKey usable(String keyId, PublicKey key, Set<SignatureAlgorithm> algorithms) {
        Map<SignatureAlgorithm, VerificationKey> uses = new EnumMap<>(SignatureAlgorithm.class);
        algorithms.forEach(algorithm -> uses.put(algorithm, new VerificationKey(keyId, algorithm, key)));
        return new PublishedKey(keyId, uses, "", "", Set.of());
    }

    /** A key that verifies nothing here, though it breaks no rule. */
    static PublishedKey idle(String keyId, String reason) {
        return new PublishedKey(keyId, Map.of(), "", reason, Set.of());
    }

    /** The same key with the thumbprints of its certificate. */
    PublishedKey certifiedBy(Set<String> certificate) {
        return new PublishedKey(keyId, uses, flaw, idle, certificate);
    }

    /** Whether the key breaks a rule. */
    public boolean isRefused() {
        return !flaw.isEmpty();
    }
}
