package io.tokenguard.internal.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Plans the next load of an issuer's document, one at a time. Thread-safe, without locks. */
public final class LoadSchedule {
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Runnable load;
    private final AtomicReference<@Nullable Planned> next = new AtomicReference<>();

    /**
     * A schedule of one load.
     *
     * @param clock a steady clock
     */
    public LoadSchedule(ScheduledExecutorService timer, Clock clock, Runnable load) {
        this.timer = timer;
        this.clock = clock;
        this.load = load;
    }

    private record Planned(Future<?> task, Instant at) {}

    /** Plans the next load, replacing the planned one. */
    public void planIn(Duration delay) {
        try {
            Future<?> task = timer.schedule(load, delay.toMillis(), TimeUnit.MILLISECONDS);
            replace(new Planned(task, clock.instant().plus(delay)));
        } catch (RejectedExecutionException ended) {
            replace(null);
        }
    }

    /** Plans the next load, unless an earlier one is planned. */
    void planWithin(Duration delay) {
        Instant now = clock.instant();
        boolean comesBefore = at().filter(at -> at.isAfter(now) && !at.isAfter(now.plus(delay)))
                .isPresent();
        if (!comesBefore) {
            planIn(delay);
        }
    }

    /** When it is to start, by the clock; empty if none is planned. */
    Optional<Instant> at() {
        return Optional.ofNullable(next.get()).map(Planned::at);
    }

    /** Whether the planned load is late: timers may stand still while a machine is suspended, and the clock does not. */
    public boolean isOverdue() {
        Planned planned = next.get();
        return planned != null && !clock.instant().isBefore(planned.at);
    }

    /** Ends the schedule. */
    public void cancel() {
        replace(null);
    }

    private void replace(@Nullable Planned planned) {
        Planned replaced = next.getAndSet(planned);
        if (replaced != null) {
            replaced.task.cancel(false);
        }
    }
}
