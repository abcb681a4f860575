package io.tokenguard;

import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Starts nothing by itself: what was scheduled runs, in its order, when the clock is advanced past it. */
final class ManualTimer extends ScheduledThreadPoolExecutor {
    private final List<Task<?>> scheduled = new ArrayList<>();
    private final Map<Duration, List<Instant>> orders = new HashMap<>();
    private final TestClock clock;

    ManualTimer(TestClock clock) {
        super(0);
        this.clock = clock;
    }

    /** Advances the clock in steps of what is scheduled, and runs it on this thread. */
    void advance(Duration duration) {
        advance(duration, () -> {});
    }

    /** The same, and does something after each piece of work. */
    void advance(Duration duration, Runnable afterEach) {
        long end = clock.millis() + duration.toMillis();
        for (Task<?> due = next(end); due != null; due = next(end)) {
            clock.advance(Duration.ofMillis(Math.max(0, due.at - clock.millis())));
            due.run();
            afterEach.run();
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

    /** When work was scheduled with exactly this delay: with the timeout of a fetch, when fetches began. */
    synchronized List<Instant> ordersWith(Duration delay) {
        return List.copyOf(orders.getOrDefault(delay, List.of()));
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
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return schedule(Executors.callable(work), delay, unit);
    }

    @Override
    public synchronized <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        Task<V> task = new Task<>(work, clock.millis() + unit.toMillis(delay));
        scheduled.removeIf(FutureTask::isDone);
        scheduled.add(task);
        Duration exact = Duration.of(delay, unit.toChronoUnit());
        orders.computeIfAbsent(exact, unused -> new ArrayList<>()).add(clock.instant());
        return task;
    }

    private static final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
        private final long at;

        Task(Callable<V> work, long at) {
            super(work);
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
