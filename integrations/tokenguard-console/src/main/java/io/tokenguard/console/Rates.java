package io.tokenguard.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rates over the last minute, or since the start. Thread-safe. */
final class Rates {
    private static final int WINDOW = 61;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * What was counted until a moment.
     *
     * @param nanos the moment, monotonic
     * @param counts the counts
     * @param times how long decisions took
     */
    record Sample(long nanos, Map<Series, Long> counts, DecisionTimes.Snapshot times) {
        long of(String name) {
            return counts.getOrDefault(Series.of(Group.TOTALS, name), 0L);
        }
    }

    synchronized void add(Sample sample) {
        samples.addLast(sample);
        if (samples.size() > WINDOW) {
            samples.removeFirst();
        }
    }

    /** The rates. */
    synchronized Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        if (samples.size() > 1) {
            Sample first = samples.getFirst();
            Sample last = samples.getLast();
            double seconds = (last.nanos - first.nanos) / 1e9;
            long granted = last.of("granted") - first.of("granted");
            long refused = last.of("refused") - first.of("refused");
            long unavailable = last.of("unavailable") - first.of("unavailable");
            long hits = last.of("cacheHits") - first.of("cacheHits");
            long misses = last.of("cacheMisses") - first.of("cacheMisses");
            document.put("seconds", rounded(seconds));
            document.put("decisionsPerSecond", rounded((granted + refused + unavailable) / Math.max(seconds, 1e-3)));
            document.put("refusedShare", share(refused, granted + refused + unavailable));
            document.put("unavailableShare", share(unavailable, granted + refused + unavailable));
            document.put("cacheHitShare", share(hits, hits + misses));
            document.put("p50Micros", last.times.percentileSince(first.times, 0.5));
            document.put("p99Micros", last.times.percentileSince(first.times, 0.99));
        }
        return document;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : rounded((double) part / whole);
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
