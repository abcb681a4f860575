package io.tokenguard.internal.issuers;

import io.tokenguard.access.SignatureAlgorithm;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** The algorithms that were agreed with one issuer, and how many signatures each has verified. Thread-safe. */
public final class AlgorithmUse {
    private final Map<SignatureAlgorithm, LongAdder> verified = new EnumMap<>(SignatureAlgorithm.class);

    /** Counts from zero. */
    public AlgorithmUse(Set<SignatureAlgorithm> accepted) {
        accepted.forEach(algorithm -> verified.put(algorithm, new LongAdder()));
    }

    /** The accepted algorithms. */
    public Set<SignatureAlgorithm> accepted() {
        return Collections.unmodifiableSet(verified.keySet());
    }

    /** A signature was valid. */
    void verified(SignatureAlgorithm algorithm) {
        LongAdder count = verified.get(algorithm);
        if (count != null) {
            count.increment();
        }
    }

    /** The count of each accepted algorithm, zero included. */
    Map<SignatureAlgorithm, Long> counts() {
        Map<SignatureAlgorithm, Long> counts = new EnumMap<>(SignatureAlgorithm.class);
        verified.forEach((algorithm, count) -> counts.put(algorithm, count.sum()));
        return counts;
    }

    /** Goes on from the counts of an older configuration. */
    void inherit(AlgorithmUse older) {
        older.verified.forEach((algorithm, count) -> {
            LongAdder own = verified.get(algorithm);
            if (own != null) {
                own.add(count.sum());
            }
        });
    }
}
