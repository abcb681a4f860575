package io.tokenguard.jdbc;

/**
 * Stops requests from waiting for a database that has missed three answers in a row. Misses at the same time count as one.
 * Thread-safe, without locks; of two misses counted at the same moment one may be lost, as they count as one.
 */
final class CircuitBreaker {
    private static final int MOST_MISSES = 3;
    private static final Misses NONE = new Misses(0, 0);

    private volatile Misses misses = NONE;

    private record Misses(int count, long lastAt) {}

    boolean isOpen() {
        return misses.count >= MOST_MISSES;
    }

    /** A request was answered, or the database was seen to answer in time: requests may ask again. */
    void reset() {
        if (misses.count > 0) {
            misses = NONE;
        }
    }

    /** A request got no answer between two moments of {@link System#nanoTime}. */
    void missed(long from, long until) {
        Misses before = misses;
        if (before.count == 0 || from - before.lastAt >= 0) {
            misses = new Misses(before.count + 1, until);
        }
    }
}
