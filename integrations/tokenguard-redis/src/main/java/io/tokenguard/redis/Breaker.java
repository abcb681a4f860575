package io.tokenguard.redis;

/**
 * Keeps requests from waiting for a server that has missed three answers in a row. Misses at the same time count as one: a
 * short pause of either side does not open the circuit. Thread-safe, without locks; of two misses counted at the same moment
 * one may be lost, as they count as one.
 */
final class Breaker {
    private static final int MOST_MISSES = 3;
    private static final Misses NONE = new Misses(0, 0);

    private volatile Misses misses = NONE;

    private record Misses(int count, long lastAt) {}

    /**
     * Whether the circuit is closed, so that requests may ask.
     *
     * @param quickAt when the server last answered in time
     */
    boolean isClosed(long quickAt) {
        Misses now = misses;
        if (now.count < MOST_MISSES) {
            return true;
        }
        if (quickAt - now.lastAt <= 0) {
            return false;
        }
        misses = NONE;
        return true;
    }

    /** A request was answered. */
    void succeeded() {
        if (misses.count > 0) {
            misses = NONE;
        }
    }

    /** A request got no answer between two moments; returns whether the circuit is open from now on. */
    boolean missed(long from, long until) {
        Misses before = misses;
        boolean isNext = before.count == 0 || from - before.lastAt >= 0;
        if (isNext) {
            misses = new Misses(before.count + 1, until);
        }
        return misses.count >= MOST_MISSES;
    }
}
