package io.tokenguard.internal.store;

import java.time.Duration;

/**
 * Stops requests from waiting for a store that does not answer: opens after three misses in a row within at least half a
 * second, if neither a request nor a probe was answered in between. Misses at the same time count as one, so that a short
 * pause of either side does not open it. Moments are those of {@link System#nanoTime}. Thread-safe, without locks; of two
 * misses counted at the same moment one may be lost, as they count as one.
 */
public final class Breaker {
    private static final int FEWEST_MISSES = 3;
    private static final long SHORTEST_OUTAGE = Duration.ofMillis(500).toNanos();
    /** Misses that are further apart do not count together. */
    private static final long LONGEST_GAP = Duration.ofSeconds(5).toNanos();

    private static final Misses NONE = new Misses(0, 0, 0);

    private volatile Misses misses = NONE;

    /** A closed circuit. */
    public Breaker() {}

    private record Misses(int count, long firstAt, long lastAt) {
        boolean isEnough() {
            return count >= FEWEST_MISSES && lastAt - firstAt >= SHORTEST_OUTAGE;
        }

        Misses with(long from, long until, long quickAt) {
            boolean isAnswered = quickAt - lastAt > 0 && quickAt - until <= 0;
            if (count == 0 || isAnswered || from - lastAt > LONGEST_GAP) {
                return new Misses(1, from, until);
            }
            return from - lastAt >= 0 ? new Misses(count + 1, firstAt, until) : this;
        }
    }

    /**
     * Whether the circuit is closed, so that requests may ask.
     *
     * @param quickAt when a probe was last answered in time
     */
    public boolean isClosed(long quickAt) {
        Misses now = misses;
        if (!now.isEnough()) {
            return true;
        }
        if (quickAt - now.lastAt <= 0) {
            return false;
        }
        misses = NONE;
        return true;
    }

    /** Whether there was a miss since the last answer. */
    public boolean hasMissed() {
        return misses.count > 0;
    }

    /** A request was answered. */
    public void succeeded() {
        if (misses.count > 0) {
            misses = NONE;
        }
    }

    /**
     * A request got no answer between two moments.
     *
     * @param quickAt when a probe was last answered in time
     * @return whether the circuit is open from now on
     */
    public boolean missed(long from, long until, long quickAt) {
        Misses known = misses.with(from, until, quickAt);
        misses = known;
        return known.isEnough();
    }
}
