package io.tokenguard.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class MonotonicTimeTest {
    private final TestClock wall = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));

    @Test
    void goesForwardWithAnotherClockAndNeverBack() {
        LongSupplier time = MonotonicTime.beside(wall);
        Random random = new Random(7);
        Duration forward = Duration.ZERO;
        long start = time.getAsLong();
        for (int i = 0; i < 1_000; i++) {
            Duration step = Duration.ofMillis(random.nextInt(7_200_000) - 3_600_000);
            wall.set(wall.instant().plus(step));
            forward = step.isNegative() ? forward : forward.plus(step);
            assertThat(time.getAsLong() - start).isEqualTo(forward.toNanos());
        }
    }

    @Test
    void isOneSourceForAllThatGoByTheSystemsClock() {
        LongSupplier one = MonotonicTime.beside(Clock.systemUTC());
        LongSupplier other = MonotonicTime.beside(Clock.system(ZoneId.of("Pacific/Apia")));
        long before = one.getAsLong();
        long between = other.getAsLong();
        assertThat(between).isBetween(before, one.getAsLong());
    }

    @Test
    void momentsAreWholeMilliseconds() {
        Clocks clocks = new Clocks(wall, () -> 1_999_999);
        assertThat(clocks.moment()).isEqualTo(Instant.ofEpochMilli(1));
    }
}
