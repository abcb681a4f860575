package io.tokenguard.internal.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The two clocks of a guard.
 *
 * @param wall the time of day, for what tokens, proofs and header fields say
 * @param steady for durations: budgets, cooldowns, schedules; see {@link SteadyClock}
 */
public record Clocks(Clock wall, Clock steady) {
    /** The time of day when the steady clock shows a moment, as far as that is known now. */
    Instant onWall(Instant moment) {
        return wall.instant().plus(Duration.between(steady.instant(), moment));
    }
}
