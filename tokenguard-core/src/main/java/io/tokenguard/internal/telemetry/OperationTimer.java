package io.tokenguard.internal.telemetry;

import io.tokenguard.access.GuardStats.Timings;
import java.util.function.Supplier;

/**
 * Counts operations of one kind by outcome, and measures how long they take. Thread-safe, without a lock.
 *
 * @param <E> the outcomes
 */
public final class OperationTimer<E extends Enum<E>> {
    private final EnumCounter<E> outcomes;
    private final TimeHistogram durations = new TimeHistogram();
    private final Supplier<Recording> recordings;

    OperationTimer(Class<E> outcomes, Supplier<Recording> recordings) {
        this.outcomes = new EnumCounter<>(outcomes);
        this.recordings = recordings;
    }

    /** Begins to measure an operation. */
    public Running<E> start() {
        return new Running<>(this, System.nanoTime(), recordings.get());
    }

    /** A running operation, which may end on another thread. */
    public static final class Running<E extends Enum<E>> {
        private final OperationTimer<E> timer;
        private final long begun;
        private final Recording recording;

        private Running(OperationTimer<E> timer, long begun, Recording recording) {
            this.timer = timer;
            this.begun = begun;
            this.recording = recording;
        }

        /** The operation has ended. To be called once. */
        public void end(E outcome) {
            timer.durations.add(System.nanoTime() - begun);
            timer.outcomes.count(outcome);
            recording.end(outcome.name());
        }
    }

    long of(E outcome) {
        return outcomes.of(outcome);
    }

    Timings timings() {
        return durations.snapshot();
    }
}
