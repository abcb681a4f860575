package io.tokenguard.bench.soak;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Which concerns are disturbed now, by monotonic time. Thread-safe. */
final class Disturbances {
    private final Map<Concern, AtomicLong> ends = new EnumMap<>(Concern.class);

    Disturbances() {
        Arrays.stream(Concern.values()).forEach(concern -> ends.put(concern, new AtomicLong(System.nanoTime())));
    }

    /** The concern is disturbed from now on, for this long. */
    void disturb(Concern concern, Duration length) {
        long end = System.nanoTime() + length.toNanos();
        ends.get(concern).accumulateAndGet(end, (old, fresh) -> fresh - old > 0 ? fresh : old);
    }

    /** Whether one of the concerns was disturbed at this time, or has been since. */
    boolean sinceNanos(long start, Concern... concerns) {
        return Arrays.stream(concerns).anyMatch(concern -> ends.get(concern).get() - start > 0);
    }
}
