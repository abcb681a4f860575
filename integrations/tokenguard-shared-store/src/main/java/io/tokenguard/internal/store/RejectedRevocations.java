package io.tokenguard.internal.store;

import io.tokenguard.access.Revocation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Revocations that a store has rejected, and when each is tried again: after 1 s, then after twice the time before, at
 * most 64 s. Not thread-safe.
 */
public final class RejectedRevocations {
    private static final int MOST_DOUBLINGS = 6;
    private static final long FIRST_DELAY = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private final Map<Revocation, Retry> retries = new LinkedHashMap<>();

    /**
     * None yet.
     *
     * @param nanos a clock like {@link System#nanoTime}
     */
    public RejectedRevocations(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Retry(int rejections, long dueAt) {}

    /** Adds one, or puts the next try of one off for longer. */
    public void add(Revocation revocation) {
        Retry before = retries.remove(revocation);
        int rejections = before == null ? 0 : before.rejections;
        long delay = FIRST_DELAY << Math.min(rejections, MOST_DOUBLINGS);
        retries.put(revocation, new Retry(rejections + 1, nanos.getAsLong() + delay));
    }

    /** Removes one: it is stored, or over. */
    public void remove(Revocation revocation) {
        retries.remove(revocation);
    }

    /** Removes those that are over. */
    public void removeIf(Predicate<Revocation> isOver) {
        retries.keySet().removeIf(isOver);
    }

    /** Whether a revocation is among them. */
    public boolean contains(Revocation revocation) {
        return retries.containsKey(revocation);
    }

    /** How many there are. */
    public int size() {
        return retries.size();
    }

    /** Some of the revocations that are due for a retry. They stay in the collection. */
    public List<Revocation> due(int most) {
        long now = nanos.getAsLong();
        return retries.entrySet().stream()
                .filter(entry -> now - entry.getValue().dueAt >= 0)
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
