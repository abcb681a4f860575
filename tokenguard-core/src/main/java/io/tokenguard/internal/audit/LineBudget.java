package io.tokenguard.internal.audit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the log lines of one kind: at most a number in each window of time, and a count of those that were left out.
 * Thread-safe, without a lock; costs a few nanoseconds.
 */
final class LineBudget {
    private final AtomicLong end;
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicLong omitted = new AtomicLong();
    private final int most;
    private final long window;

    /**
     * A full budget.
     *
     * @param most how many lines a window
     * @param window how long a window is
     * @param now the time, from a source that never jumps
     */
    LineBudget(int most, Duration window, long now) {
        this.most = most;
        this.window = window.toNanos();
        this.end = new AtomicLong(now + this.window);
    }

    /** Whether one more line may be written; counts it as omitted if not. */
    boolean take(long now) {
        long over = end.get();
        if (now - over >= 0 && end.compareAndSet(over, now + window)) {
            written.set(0);
        }
        // Read first: a flood must neither contend for the counter nor overflow it.
        if (written.get() < most && written.getAndIncrement() < most) {
            return true;
        }
        omitted.incrementAndGet();
        return false;
    }

    /** How many lines were left out since this was last called, once their window is over; zero before. */
    long takeOmitted(long now) {
        return omitted.get() == 0 || now - end.get() < 0 ? 0 : takeOmitted();
    }

    /** How many lines were left out since this was last called. */
    long takeOmitted() {
        return omitted.get() == 0 ? 0 : omitted.getAndSet(0);
    }
}
