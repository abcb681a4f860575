package io.tokenguard.internal.telemetry;

import io.tokenguard.access.GuardStats.Timings;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** A histogram of durations with fixed limits that double. Thread-safe, without a lock. */
final class TimeHistogram {
    private static final long SMALLEST = Timings.limits().get(0).toNanos();

    private final LongAdder[] counts =
            Stream.generate(LongAdder::new).limit(Timings.limits().size() + 1L).toArray(LongAdder[]::new);
    private final LongAdder total = new LongAdder();

    void add(long nanos) {
        long positive = Math.max(0, nanos);
        counts[bucket(positive)].increment();
        total.add(positive);
    }

    /** The first limit that is not exceeded. */
    private int bucket(long nanos) {
        long quotient = nanos == 0 ? 0 : (nanos - 1) / SMALLEST;
        return Math.min(counts.length - 1, Long.SIZE - Long.numberOfLeadingZeros(quotient));
    }

    Timings snapshot() {
        return new Timings(Arrays.stream(counts).map(LongAdder::sum).toList(), Duration.ofNanos(total.sum()));
    }
}
