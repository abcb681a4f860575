package io.tokenguard.internal.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The times of a guard.
 *
 * @param wall the time of day, for what tokens, proofs and header fields say
 * @param nanoTime for durations: budgets, cooldowns, schedules; never goes back, see {@link MonotonicTime}
 */
public record Clocks(Clock wall, LongSupplier nanoTime) {
    private static final long NANOS_OF_MILLI = 1_000_000;

    /** Now by {@code nanoTime}, in whole milliseconds. Compares with other results of this method only. */
    public Instant moment() {
        return Instant.ofEpochMilli(Math.floorDiv(nanoTime.getAsLong(), NANOS_OF_MILLI));
    }

    /** The time of day at a {@link #moment()}, as far as that is known now. */
    Instant onWall(Instant moment) {
        return wall.instant().plus(Duration.between(moment(), moment));
    }
}
