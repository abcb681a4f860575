package io.tokenguard.internal.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.GuardStats.Timings;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeHistogramTest {
    private static int bucketOf(long nanos) {
        TimeHistogram histogram = new TimeHistogram();
        histogram.add(nanos);
        return histogram.snapshot().counts().indexOf(1L);
    }

    static IntStream limits() {
        return IntStream.range(0, Timings.limits().size());
    }

    @ParameterizedTest
    @MethodSource("limits")
    void countsADurationUnderTheFirstLimitThatItDoesNotExceed(int limit) {
        long nanos = Timings.limits().get(limit).toNanos();
        assertThat(bucketOf(nanos)).isEqualTo(limit);
        assertThat(bucketOf(nanos + 1)).isEqualTo(limit + 1);
    }

    @Test
    void countsTheShortestAndTheLongestDurations() {
        assertThat(List.of(bucketOf(-1), bucketOf(0), bucketOf(1))).containsOnly(0);
        assertThat(bucketOf(Long.MAX_VALUE)).isEqualTo(Timings.limits().size());
    }

    @Test
    void sumsUpWhatItCounts() {
        TimeHistogram histogram = new TimeHistogram();
        histogram.add(1_000);
        histogram.add(5_000_000);
        Timings timings = histogram.snapshot();
        assertThat(timings.count()).isEqualTo(2);
        assertThat(timings.total()).isEqualTo(Duration.ofNanos(5_001_000));
    }
}
