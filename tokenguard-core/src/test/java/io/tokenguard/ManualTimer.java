package io.tokenguard;

import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Starts nothing by itself: what was scheduled runs, in its order, when the clock is advanced past it. */
final class ManualTimer extends ScheduledThreadPoolExecutor {
    private final List<Task<?>> scheduled = new ArrayList<>();
    private final TestClock clock;

    ManualTimer(TestClock clock) {
        super(0);
        this.clock = clock;
    }

    /** Advances the clock in steps of what is scheduled, and runs it on this thread. */
    void advance(Duration duration) {
        long end = clock.millis() + duration.toMillis();
        for (Task<?> due = next(end); due != null; due = next(end)) {
            clock.advance(Duration.ofMillis(Math.max(0, due.at - clock.millis())));
            due.run();
        }
        clock.advance(Duration.ofMillis(end - clock.millis()));
    }

    /** When the next piece of work is due, from now. */
    synchronized List<Duration> delays() {
        return scheduled.stream()
                .filter(task -> !task.isDone())
                .map(task -> Duration.ofMillis(task.at - clock.millis()))
                .sorted()
                .toList();
    }

    private synchronized Task<?> next(long end) {
        Task<?> due = scheduled.stream()
                .filter(task -> !task.isDone() && task.at <= end)
                .min(Comparator.comparingLong(task -> task.at))
                .orElse(null);
        scheduled.remove(due);
        return due;
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        Task<?> task = new Task<>(work, clock.millis() + unit.toMillis(delay));
        scheduled.add(task);
        return task;
    }

    private static final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
        private final long at;

        Task(Runnable work, long at) {
            super(work, null);
            this.at = at;
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at, TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }
    }
}
