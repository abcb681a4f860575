package io.tokenguard.jaxrs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Bounds the log lines of a failure that every request can repeat: one line a minute, with the number of failures since the
 * last line. Thread-safe, without locks.
 */
final class RepeatedFailure {
    private static final long BETWEEN_LINES = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong due;
    private final AtomicLong count = new AtomicLong();

    /**
     * No failure yet.
     *
     * @param nanoTime the time, from a source that never jumps
     */
    RepeatedFailure(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.due = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * It has failed once more.
     *
     * @param line writes a line; takes how often it has failed since the last one
     */
    void log(LongConsumer line) {
        count.incrementAndGet();
        long now = nanoTime.getAsLong();
        long next = due.get();
        if (now - next >= 0 && due.compareAndSet(next, now + BETWEEN_LINES)) {
            line.accept(count.getAndSet(0));
        }
    }
}
