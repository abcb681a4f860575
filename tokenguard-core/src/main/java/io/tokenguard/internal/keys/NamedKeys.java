package io.tokenguard.internal.keys;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.PublishedKey;
import io.tokenguard.spi.VerificationKey;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a key set that have the same key ID, or the same certificate. Type, use and algorithm decide between them (RFC 7517 §4.5); identical
 * entries are one key. Immutable.
 *
 * @param uses the first key for each algorithm that has one
 * @param ambiguous the algorithms for which there are several different keys
 * @param flaw the rule that the first refused one breaks; empty if none is refused
 */
record NamedKeys(Map<SignatureAlgorithm, VerificationKey> uses, Set<SignatureAlgorithm> ambiguous, String flaw) {
    static NamedKeys of(List<PublishedKey> keys) {
        Map<SignatureAlgorithm, VerificationKey> uses = new EnumMap<>(SignatureAlgorithm.class);
        Set<SignatureAlgorithm> ambiguous = EnumSet.noneOf(SignatureAlgorithm.class);
        for (PublishedKey key : keys) {
            key.uses().forEach((algorithm, use) -> {
                VerificationKey other = uses.putIfAbsent(algorithm, use);
                if (other != null && !other.publicKey().equals(use.publicKey())) {
                    ambiguous.add(algorithm);
                }
            });
        }
        String flaw = keys.stream()
                .map(PublishedKey::flaw)
                .filter(rule -> !rule.isEmpty())
                .findFirst()
                .orElse("");
        return new NamedKeys(uses, ambiguous, flaw);
    }

    boolean isAmbiguous() {
        return !ambiguous.isEmpty();
    }

    /** What is ambiguous, for the operator. */
    String ambiguity() {
        return "several different keys for " + ambiguous + ", which are not used for it; give each its own kid or alg";
    }

    /** The key for an algorithm; null if there is none, or more than one. */
    @Nullable
    VerificationKey theOnly(SignatureAlgorithm algorithm) {
        return ambiguous.contains(algorithm) ? null : uses.get(algorithm);
    }

    VerificationKey find(String keyId, SignatureAlgorithm algorithm) throws RefusedException {
        if (ambiguous.contains(algorithm)) {
            throw new RefusedException(
                    RefusalReason.KEY_AMBIGUOUS,
                    "several keys of one name",
                    () -> Finding.of(
                            "several different keys with kid " + keyId + " for " + algorithm,
                            "one key of a kid and alg"));
        }
        VerificationKey use = uses.get(algorithm);
        if (use != null) {
            return use;
        }
        throw uses.isEmpty() && !flaw.isEmpty() ? refused(keyId) : unusable(keyId, algorithm);
    }

    private RefusedException refused(String keyId) {
        return new RefusedException(
                RefusalReason.KEY_REFUSED,
                flaw,
                () -> Finding.of("key " + keyId + ": " + flaw, "a key that keeps the rules for keys"));
    }

    private RefusedException unusable(String keyId, SignatureAlgorithm algorithm) {
        return new RefusedException(
                RefusalReason.KEY_UNUSABLE,
                "",
                () -> Finding.of(
                        "alg " + algorithm + " with key " + keyId,
                        "one of " + uses.keySet().stream().sorted().toList()));
    }
}
