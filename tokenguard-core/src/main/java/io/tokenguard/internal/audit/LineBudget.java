package io.tokenguard.internal.audit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the log lines of one kind: at most a number in each second, and a count of those that were omitted. Thread-safe,
 * without a lock.
 */
final class LineBudget {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AtomicLong end;
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicLong omitted = new AtomicLong();
    private final int most;

    /**
     * A full budget.
     *
     * @param most the greatest number of lines a second
     * @param now monotonic nanoseconds
     */
    LineBudget(int most, long now) {
        this.most = most;
        this.end = new AtomicLong(now + SECOND);
    }

    /** Whether one more line may be written; counts it as omitted if not. */
    boolean take(long now) {
        long over = end.get();
        if (now - over >= 0 && end.compareAndSet(over, now + SECOND)) {
            written.set(0);
        }
        // Read first: a flood must neither contend for the counter nor overflow it.
        if (written.get() < most && written.getAndIncrement() < most) {
            return true;
        }
        omitted.incrementAndGet();
        return false;
    }

    /** How many lines were omitted since the last call, after the end of their second; zero before. */
    long takeOmitted(long now) {
        return omitted.get() == 0 || now - end.get() < 0 ? 0 : omitted.getAndSet(0);
    }
}
