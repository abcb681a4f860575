package io.tokenguard.internal.keys;

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
    private final Clocks clocks;
    private final Runnable load;
    private final AtomicReference<@Nullable Planned> next = new AtomicReference<>();

    /**
     * A schedule of one load.
     *
     * @param clocks for durations
     */
    public LoadSchedule(ScheduledExecutorService timer, Clocks clocks, Runnable load) {
        this.timer = timer;
        this.clocks = clocks;
        this.load = load;
    }

    private record Planned(Future<?> task, Instant at) {}

    /** Plans the next load, replacing the planned one. */
    public void planIn(Duration delay) {
        try {
            Future<?> task = timer.schedule(load, delay.toMillis(), TimeUnit.MILLISECONDS);
            replace(new Planned(task, clocks.moment().plus(delay)));
        } catch (RejectedExecutionException ended) {
            replace(null);
        }
    }

    /** Plans the next load, unless an earlier one is planned. */
    void planWithin(Duration delay) {
        Instant now = clocks.moment();
        boolean comesBefore = at().filter(at -> at.isAfter(now) && !at.isAfter(now.plus(delay)))
                .isPresent();
        if (!comesBefore) {
            planIn(delay);
        }
    }

    /** When it is to start, by {@link Clocks#moment}; empty if none is planned. */
    Optional<Instant> at() {
        return Optional.ofNullable(next.get()).map(Planned::at);
    }

    /**
     * Whether the time of the planned load has come without it: timers may stand still while a machine is paused, and this
     * time does not.
     */
    public boolean isOverdue() {
        Planned planned = next.get();
        return planned != null && !clocks.moment().isBefore(planned.at);
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
