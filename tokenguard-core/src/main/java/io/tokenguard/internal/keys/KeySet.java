package io.tokenguard.internal.keys;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.PublishedKey;
import io.tokenguard.spi.VerificationKey;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of one issuer at one time. Immutable; finding a key takes one look-up and allocates nothing. */
final class KeySet {
    private static final String AMBIGUOUS = "several keys of one name";

    private static final int MOST_SHOWN = 8;

    private final List<PublishedKey> keys;
    private final Map<String, PublishedKey> byName = new HashMap<>();
    private final Map<SignatureAlgorithm, List<VerificationKey>> byAlgorithm = new EnumMap<>(SignatureAlgorithm.class);

    private final Set<Integer> lengths;

    KeySet(List<PublishedKey> keys) {
        this.keys = List.copyOf(keys);
        keys.forEach(key -> byName.merge(key.keyId(), key, KeySet::resolve));
        this.lengths = byName.keySet().stream().map(String::length).collect(Collectors.toUnmodifiableSet());
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            byAlgorithm.put(algorithm, usesFor(algorithm).toList());
        }
    }

    boolean isEmpty() {
        return keys.stream().allMatch(key -> key.uses().isEmpty());
    }

    /** Whether the set has a key with that ID, usable or rejected. */
    boolean knows(String keyId) {
        return byName.containsKey(keyId);
    }

    /**
     * Whether an unknown key could be the issuer's next one: same algorithm, and a key ID of the same length as a known one.
     */
    boolean resembles(String keyId, SignatureAlgorithm algorithm) {
        return !byAlgorithm.getOrDefault(algorithm, List.of()).isEmpty() && lengths.contains(keyId.length());
    }

    /** The key IDs that another set does not have. */
    List<String> keyIdsWithout(KeySet other) {
        return byName.keySet().stream().filter(keyId -> !other.knows(keyId)).toList();
    }

    /** Each usable key once, whatever it verifies. */
    List<VerificationKey> usable() {
        return keys.stream()
                .flatMap(key -> key.uses().values().stream().limit(1))
                .toList();
    }

    List<PublishedKey> refused() {
        return keys.stream().filter(PublishedKey::isRefused).toList();
    }

    VerificationKey find(@Nullable String keyId, SignatureAlgorithm algorithm) throws RefusedException {
        return keyId == null ? findTheOnly(algorithm) : findNamed(keyId, algorithm);
    }

    /** RFC 7515 §4.1.4: without a key ID, a key is used only if it is the only one. */
    private VerificationKey findTheOnly(SignatureAlgorithm algorithm) throws RefusedException {
        List<VerificationKey> candidates = byAlgorithm.getOrDefault(algorithm, List.of());
        if (candidates.isEmpty()) {
            throw new RefusedException(RefusalReason.KEY_UNKNOWN, "no kid", () -> explain("no kid, " + algorithm));
        }
        if (candidates.size() > 1) {
            throw new RefusedException(
                    RefusalReason.KEY_AMBIGUOUS,
                    "no kid",
                    () -> explain("no kid, and " + candidates.size() + " keys for " + algorithm));
        }
        return candidates.get(0);
    }

    private VerificationKey findNamed(String keyId, SignatureAlgorithm algorithm) throws RefusedException {
        PublishedKey key = byName.get(keyId);
        if (key == null) {
            throw new RefusedException(RefusalReason.KEY_UNKNOWN, "", () -> explain("kid " + keyId));
        }
        if (key.isRefused()) {
            boolean isAmbiguous = key.flaw().equals(AMBIGUOUS);
            throw new RefusedException(
                    isAmbiguous ? RefusalReason.KEY_AMBIGUOUS : RefusalReason.KEY_REFUSED,
                    key.flaw(),
                    () -> Finding.of("key " + keyId + ": " + key.flaw(), "a key that keeps the rules for keys"));
        }
        VerificationKey use = key.uses().get(algorithm);
        if (use == null) {
            throw new RefusedException(
                    RefusalReason.KEY_UNUSABLE,
                    "",
                    () -> Finding.of(
                            "alg " + algorithm + " with key " + keyId,
                            "one of " + key.uses().keySet().stream().sorted().toList()));
        }
        return use;
    }

    private Finding explain(String found) {
        List<String> known = byName.keySet().stream().sorted().limit(MOST_SHOWN).toList();
        int further = byName.size() - known.size();
        return Finding.of(found, "a key of " + known + (further > 0 ? " and " + further + " more" : ""));
    }

    /** Of two keys with one ID the usable one counts; two usable ones count as none (RFC 7517 §4.5). */
    private static PublishedKey resolve(PublishedKey one, PublishedKey other) {
        if (one.flaw().equals(AMBIGUOUS) || other.uses().isEmpty()) {
            return one;
        }
        return one.uses().isEmpty() ? other : new PublishedKey(one.keyId(), Map.of(), AMBIGUOUS);
    }

    private Stream<VerificationKey> usesFor(SignatureAlgorithm algorithm) {
        return keys.stream().flatMap(key -> Stream.ofNullable(key.uses().get(algorithm)));
    }
}
