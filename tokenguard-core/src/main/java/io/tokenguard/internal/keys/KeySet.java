package io.tokenguard.internal.keys;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.jose.KeyReference;
import io.tokenguard.internal.jose.PublishedKey;
import io.tokenguard.spi.VerificationKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of one issuer at one time. Immutable; finding a key takes one look-up and allocates nothing. */
final class KeySet {
    private static final int MOST_SHOWN = 8;

    private final List<PublishedKey> keys;
    private final Map<String, NamedKeys> byName;
    private final Map<String, NamedKeys> byThumbprint;
    private final Map<SignatureAlgorithm, List<VerificationKey>> byAlgorithm = new EnumMap<>(SignatureAlgorithm.class);

    private final Set<Integer> lengths;

    KeySet(List<PublishedKey> keys) {
        this.keys = List.copyOf(keys);
        this.byName = keys.stream()
                .collect(Collectors.groupingBy(
                        PublishedKey::keyId, Collectors.collectingAndThen(Collectors.toList(), NamedKeys::of)));
        this.byThumbprint = byThumbprint(keys);
        this.lengths = byName.keySet().stream().map(String::length).collect(Collectors.toUnmodifiableSet());
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            byAlgorithm.put(algorithm, List.copyOf(usesFor(algorithm)));
        }
    }

    private static Map<String, NamedKeys> byThumbprint(List<PublishedKey> keys) {
        Map<String, List<PublishedKey>> certified = new HashMap<>();
        keys.forEach(key -> key.thumbprints()
                .forEach(thumbprint -> certified
                        .computeIfAbsent(thumbprint, unused -> new ArrayList<>())
                        .add(key)));
        return certified.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> NamedKeys.of(entry.getValue())));
    }

    boolean isEmpty() {
        return keys.stream().allMatch(key -> key.uses().isEmpty());
    }

    /** Whether the set has a key with that ID, usable or rejected. */
    boolean knows(String keyId) {
        return byName.containsKey(keyId);
    }

    /** Whether a newer set may have the key of a token, because this one does not have what names it. */
    boolean lacks(KeyReference wanted, SignatureAlgorithm algorithm) {
        return wanted.keyId() != null
                ? !knows(wanted.keyId())
                : !wanted.thumbprints().isEmpty()
                        && candidates(algorithm).size() != 1
                        && wanted.thumbprints().stream().noneMatch(byThumbprint::containsKey);
    }

    /**
     * Whether an unknown key could be the issuer's next one: same algorithm, and a key ID of the same length as a known one, or a
     * certificate if known ones have some.
     */
    boolean resembles(KeyReference wanted, SignatureAlgorithm algorithm) {
        boolean isNamedAlike =
                wanted.keyId() != null ? lengths.contains(wanted.keyId().length()) : !byThumbprint.isEmpty();
        return isNamedAlike && !candidates(algorithm).isEmpty();
    }

    private List<VerificationKey> candidates(SignatureAlgorithm algorithm) {
        return byAlgorithm.getOrDefault(algorithm, List.of());
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

    /** The key IDs of the keys for accepted algorithms, cut and escaped. */
    List<String> keyIds(Set<SignatureAlgorithm> accepted) {
        return keys.stream()
                .filter(key -> key.uses().keySet().stream().anyMatch(accepted::contains))
                .map(key -> SafeText.value(key.keyId()))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    /** How many different keys verify each accepted algorithm that has some. */
    Map<SignatureAlgorithm, Integer> counts(Set<SignatureAlgorithm> accepted) {
        Map<SignatureAlgorithm, Integer> counts = new EnumMap<>(SignatureAlgorithm.class);
        byAlgorithm.forEach((algorithm, uses) -> {
            if (!uses.isEmpty() && accepted.contains(algorithm)) {
                counts.put(algorithm, uses.size());
            }
        });
        return counts;
    }

    /** Whether a key breaks a rule, or is ambiguous. */
    boolean hasFlaws() {
        return keys.stream().anyMatch(PublishedKey::isRefused)
                || byName.values().stream().anyMatch(NamedKeys::isAmbiguous);
    }

    /** The keys that verify nothing here, at most eight, each with its key ID and the reason; empty if there are none. */
    String leftOut(Set<SignatureAlgorithm> accepted) {
        Stream<String> flawed =
                keys.stream().filter(PublishedKey::isRefused).map(key -> shown(key.keyId()) + ": " + key.flaw());
        Stream<String> ambiguous = byName.entrySet().stream()
                .filter(named -> named.getValue().isAmbiguous())
                .map(named -> shown(named.getKey()) + ": " + named.getValue().ambiguity());
        Stream<String> unused = keys.stream()
                .filter(key -> !key.isRefused() && key.uses().keySet().stream().noneMatch(accepted::contains))
                .map(key -> shown(key.keyId()) + ": " + reason(key));
        List<String> left =
                Stream.of(flawed, ambiguous, unused).flatMap(lines -> lines).toList();
        int further = left.size() - MOST_SHOWN;
        return left.stream().limit(MOST_SHOWN).collect(Collectors.joining("; "))
                + (further > 0 ? "; and " + further + " more" : "");
    }

    private static String reason(PublishedKey key) {
        return key.uses().isEmpty()
                ? key.idle()
                : "algorithm not accepted "
                        + key.uses().keySet().stream().sorted().toList();
    }

    private static String shown(String keyId) {
        return keyId.isEmpty() ? "a key without kid" : "kid " + SafeText.value(keyId);
    }

    VerificationKey find(KeyReference wanted, SignatureAlgorithm algorithm) throws RefusedException {
        return wanted.keyId() == null
                ? findTheOnly(wanted.thumbprints(), algorithm)
                : findNamed(wanted.keyId(), algorithm);
    }

    /**
     * Without a key ID, a key is used only if it is the only one for the algorithm, or the only one with the certificate that the
     * token names (RFC 7515 §4.1.7, §4.1.8).
     */
    private VerificationKey findTheOnly(List<String> thumbprints, SignatureAlgorithm algorithm)
            throws RefusedException {
        List<VerificationKey> candidates = candidates(algorithm);
        if (candidates.isEmpty()) {
            throw new RefusedException(RefusalReason.KEY_UNKNOWN, "no kid", () -> explain("no kid, " + algorithm));
        }
        VerificationKey only = candidates.size() == 1 ? candidates.get(0) : certified(thumbprints, algorithm);
        if (only == null) {
            throw new RefusedException(
                    RefusalReason.KEY_AMBIGUOUS,
                    "no kid",
                    () -> explain(
                            (thumbprints.isEmpty() ? "no kid, and " : "no kid, an x5t that leaves no single key, and ")
                                    + candidates.size() + " keys for " + algorithm));
        }
        return only;
    }

    private @Nullable VerificationKey certified(List<String> thumbprints, SignatureAlgorithm algorithm) {
        for (String thumbprint : thumbprints) {
            NamedKeys named = byThumbprint.get(thumbprint);
            VerificationKey only = named == null ? null : named.theOnly(algorithm);
            if (only != null) {
                return only;
            }
        }
        return null;
    }

    private VerificationKey findNamed(String keyId, SignatureAlgorithm algorithm) throws RefusedException {
        NamedKeys named = byName.get(keyId);
        if (named == null) {
            throw new RefusedException(RefusalReason.KEY_UNKNOWN, "", () -> explain("kid " + keyId));
        }
        return named.find(keyId, algorithm);
    }

    private Finding explain(String found) {
        List<String> known = byName.keySet().stream().sorted().limit(MOST_SHOWN).toList();
        int further = byName.size() - known.size();
        return Finding.of(found, "a key of " + known + (further > 0 ? " and " + further + " more" : ""));
    }

    /** The different keys for an algorithm. */
    private Collection<VerificationKey> usesFor(SignatureAlgorithm algorithm) {
        Map<PublicKey, VerificationKey> uses = new LinkedHashMap<>();
        keys.stream()
                .flatMap(key -> Stream.ofNullable(key.uses().get(algorithm)))
                .forEach(use -> uses.putIfAbsent(use.publicKey(), use));
        return uses.values();
    }
}
