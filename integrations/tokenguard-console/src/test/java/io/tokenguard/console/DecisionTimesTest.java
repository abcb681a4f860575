package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTimesTest {
    private final DecisionTimes times = new DecisionTimes();
    private final DecisionTimes.Snapshot before = times.snapshot();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 10, 17, 100, 999, 10_000, 1_000_000, 40_000_000})
    void aTimeIsShownAtMostAQuarterTooLong(long micros) {
        times.add(micros * 1_000);
        int shown = times.snapshot().percentileSince(before, 0.99);
        assertThat(shown).isBetween((int) micros, (int) Math.ceil(micros * 1.26) + 1);
    }

    @Test
    void aPercentileIsOfWhatWasCountedBetweenTheSnapshots() {
        times.add(1_000_000_000);
        DecisionTimes.Snapshot later = times.snapshot();
        for (int i = 0; i < 98; i++) {
            times.add(10_000);
        }
        times.add(900_000);
        times.add(900_000);
        assertThat(times.snapshot().percentileSince(later, 0.5)).isBetween(10, 13);
        assertThat(times.snapshot().percentileSince(later, 0.99)).isBetween(900, 1_130);
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(times.snapshot().percentileSince(before, 0.99)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 249, Long.MAX_VALUE})
    void anyNumberIsCounted(long nanos) {
        times.add(nanos);
        assertThat(times.snapshot().percentileSince(before, 0.99)).isPositive();
    }
}
