package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final TestClock clock = TestClock.startingAt(NOON);

    @Test
    void standsStillInUtc() {
        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void advancesBothWays() {
        clock.advance(Duration.ofMinutes(2));
        clock.advance(Duration.ofMinutes(-3));

        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(60));
    }

    @Test
    void jumpsToAnInstant() {
        clock.set(Instant.EPOCH);

        assertThat(clock.millis()).isZero();
    }

    @Test
    void movesWithItsViewInAnotherZone() {
        TestClock inTokyo = clock.withZone(ZoneId.of("Asia/Tokyo"));
        inTokyo.advance(Duration.ofHours(1));

        assertThat(inTokyo.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3600)).isEqualTo(inTokyo.instant());
    }

    @Test
    void losesNoStepOfSeveralThreads() {
        IntStream.range(0, 10_000).parallel().forEach(i -> clock.advance(Duration.ofSeconds(1)));

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10_000));
    }

    @Test
    void showsWhereItStands() {
        assertThat(clock).hasToString("TestClock[2026-01-01T12:00:00Z, Z]");
    }
}
