package io.tokenguard.internal.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The two clocks of a guard.
 *
 * @param wall the time of day, for times in tokens, proofs and header fields
 * @param steady for durations: budgets, cooldowns, schedules; see {@link SteadyClock}
 */
public record Clocks(Clock wall, Clock steady) {
    /** The estimated time of day at a moment of the steady clock. */
    Instant onWall(Instant moment) {
        return wall.instant().plus(Duration.between(steady.instant(), moment));
    }
}
