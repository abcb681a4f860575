package io.tokenguard.jdbc;

import java.time.Duration;

/**
 * Stops requests from waiting for a database that does not answer: opens after three misses in a row within at least half a
 * second, if neither a request nor a check was answered in between. Misses at the same time count as one, so that a short
 * pause of either side does not open it. Thread-safe, without locks; of two misses counted at the same moment one may be lost,
 * as they count as one.
 */
final class CircuitBreaker {
    private static final int FEWEST_MISSES = 3;
    private static final long SHORTEST_OUTAGE = Duration.ofMillis(500).toNanos();
    /** Misses that are further apart do not count together. */
    private static final long LONGEST_GAP = Duration.ofSeconds(5).toNanos();

    private static final Misses NONE = new Misses(0, 0, 0);

    private volatile Misses misses = NONE;

    private record Misses(int count, long firstAt, long lastAt) {
        Misses with(long from, long until) {
            if (count == 0 || from - lastAt > LONGEST_GAP) {
                return new Misses(1, from, until);
            }
            return from - lastAt >= 0 ? new Misses(count + 1, firstAt, until) : this;
        }
    }

    boolean isOpen() {
        Misses now = misses;
        return now.count >= FEWEST_MISSES && now.lastAt - now.firstAt >= SHORTEST_OUTAGE;
    }

    /** Whether there was a miss since the last answer. */
    boolean hasMissed() {
        return misses.count > 0;
    }

    /** A request was answered, or a check could write in time: requests may ask again. */
    void reset() {
        if (misses.count > 0) {
            misses = NONE;
        }
    }

    /** A request got no answer between two moments of {@link System#nanoTime}. */
    void missed(long from, long until) {
        misses = misses.with(from, until);
    }
}
