package io.tokenguard.jaxrs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Limits the log lines of a failure that every request can repeat: one line a minute, with the number of failures since the
 * last line. Thread-safe, without locks.
 */
final class RepeatedFailure {
    private static final long BETWEEN_LINES = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong due;
    private final AtomicLong count = new AtomicLong();

    /**
     * Creates an instance without failures.
     *
     * @param nanoTime a monotonic time source, in nanoseconds
     */
    RepeatedFailure(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.due = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * Counts a failure, and logs it if a line is due.
     *
     * @param line writes a line; receives the number of failures since the last line
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
