package io.tokenguard.console;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how long decisions take, in buckets of a quarter of their size, from 1 µs to about 1 min. Thread-safe; recording takes no lock.
 */
final class DecisionTimes {
    private static final int BUCKETS_PER_DOUBLING = 4;
    private static final int BUCKETS = 26 * BUCKETS_PER_DOUBLING;

    private final LongAdder[] counts = new LongAdder[BUCKETS];

    DecisionTimes() {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = new LongAdder();
        }
    }

    void add(long nanos) {
        counts[bucket(nanos)].increment();
    }

    private static int bucket(long nanos) {
        long units = Math.max(1, nanos / (1_000 / BUCKETS_PER_DOUBLING));
        int doubling = Long.SIZE - 1 - Long.numberOfLeadingZeros(units);
        int part = (int) ((doubling >= 2 ? units >>> (doubling - 2) : units << (2 - doubling)) & 3);
        return Math.min(BUCKETS - 1, Math.max(0, (doubling - 2) * BUCKETS_PER_DOUBLING + part));
    }

    /** The counts so far. */
    Snapshot snapshot() {
        long[] snapshot = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            snapshot[i] = counts[i].sum();
        }
        return new Snapshot(snapshot);
    }

    /** Counts at one time. Immutable. */
    static final class Snapshot {
        private final long[] counts;

        private Snapshot(long[] counts) {
            this.counts = counts;
        }

        /**
         * A percentile of what was counted since an earlier snapshot, in microseconds, rounded up to its bucket's end; zero if
         * nothing was.
         *
         * @param part such as 0.99
         */
        int percentileSince(Snapshot before, double part) {
            long total = 0;
            for (int i = 0; i < BUCKETS; i++) {
                total += counts[i] - before.counts[i];
            }
            long wanted = (long) Math.ceil(total * part);
            long passed = 0;
            for (int i = 0; i < BUCKETS && wanted > 0; i++) {
                passed += counts[i] - before.counts[i];
                if (passed >= wanted) {
                    return endMicros(i);
                }
            }
            return 0;
        }
    }

    private static int endMicros(int bucket) {
        long start = 1L << (bucket / BUCKETS_PER_DOUBLING);
        double end = start * (1 + (bucket % BUCKETS_PER_DOUBLING + 1) / (double) BUCKETS_PER_DOUBLING);
        return (int) Math.ceil(end);
    }
}
