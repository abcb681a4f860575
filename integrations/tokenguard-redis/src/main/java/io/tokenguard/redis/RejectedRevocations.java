package io.tokenguard.redis;

import io.tokenguard.access.Revocation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Revocations that Redis has rejected, and when each is tried again: after 1 s, then after twice the time before, at
 * most 64 s. Not thread-safe.
 */
final class RejectedRevocations {
    private static final int MOST_DOUBLINGS = 6;
    private static final long FIRST_DELAY = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private final Map<Revocation, Retry> retries = new LinkedHashMap<>();

    RejectedRevocations(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Retry(int rejections, long dueAt) {}

    /** Adds one, or puts the next try of one off for longer. */
    void add(Revocation revocation) {
        Retry before = retries.remove(revocation);
        int rejections = before == null ? 0 : before.rejections;
        long delay = FIRST_DELAY << Math.min(rejections, MOST_DOUBLINGS);
        retries.put(revocation, new Retry(rejections + 1, nanos.getAsLong() + delay));
    }

    void remove(Revocation revocation) {
        retries.remove(revocation);
    }

    void removeIf(Predicate<Revocation> isOver) {
        retries.keySet().removeIf(isOver);
    }

    boolean contains(Revocation revocation) {
        return retries.containsKey(revocation);
    }

    int size() {
        return retries.size();
    }

    /** Some of the revocations that are due for a retry. They stay in the collection. */
    List<Revocation> due(int most) {
        long now = nanos.getAsLong();
        return retries.entrySet().stream()
                .filter(entry -> now - entry.getValue().dueAt >= 0)
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
