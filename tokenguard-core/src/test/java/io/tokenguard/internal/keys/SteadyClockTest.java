package io.tokenguard.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private final TestClock wall = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));

    @Test
    void goesForwardWithAnotherClockAndNeverBack() {
        SteadyClock steady = SteadyClock.beside(wall);
        Random random = new Random(7);
        Duration forward = Duration.ZERO;
        Instant start = steady.instant();
        for (int i = 0; i < 1_000; i++) {
            Duration step = Duration.ofMillis(random.nextInt(7_200_000) - 3_600_000);
            wall.set(wall.instant().plus(step));
            forward = step.isNegative() ? forward : forward.plus(step);
            assertThat(Duration.between(start, steady.instant())).isEqualTo(forward);
        }
    }

    @Test
    void isOneClockForAllThatGoByTheSystems() {
        SteadyClock one = SteadyClock.beside(Clock.systemUTC());
        SteadyClock other = SteadyClock.beside(Clock.system(ZoneId.of("Pacific/Apia")));
        long before = one.millis();
        long between = other.millis();
        assertThat(between).isBetween(before, one.millis());
    }
}
