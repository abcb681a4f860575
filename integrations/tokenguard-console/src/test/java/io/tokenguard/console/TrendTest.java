package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final Series GRANTED = Series.sum(Group.TOTALS, "granted");
    private static final Series SLOWEST = Series.greatest("p99Micros");
    private static final long START = 1_900_000_000;

    private static Map<?, ?> seriesOf(Trend trend) {
        return (Map<?, ?>) trend.document(Group.TOTALS).get("series");
    }

    private static int[] granted(Trend trend) {
        return (int[]) seriesOf(trend).get("granted");
    }

    @Test
    void countsAddUpInTheirTimeSpan() {
        Trend trend = new Trend(Resolution.MINUTES);
        long minute = START - START % 60;
        trend.add(minute, Map.of(GRANTED, 2L));
        trend.add(minute + 59, Map.of(GRANTED, 3L));
        trend.add(minute + 60, Map.of(GRANTED, 4L));
        assertThat(granted(trend)).containsExactly(5, 4);
        assertThat(trend.document(Group.TOTALS)).containsEntry("from", minute).containsEntry("step", 60);
    }

    @Test
    void ofMeasuresTheGreatestCounts() {
        Trend trend = new Trend(Resolution.MINUTES);
        long minute = START - START % 60;
        trend.add(minute, Map.of(SLOWEST, 7L));
        trend.add(minute + 1, Map.of(SLOWEST, 5L));
        assertThat((int[]) seriesOf(trend).get("p99Micros")).containsExactly(7);
    }

    @Test
    void timeWithoutSamplesCountsNothing() {
        Trend trend = new Trend(Resolution.SECONDS);
        trend.add(START, Map.of(GRANTED, 1L));
        trend.add(START + 3, Map.of(GRANTED, 1L));
        assertThat(granted(trend)).containsExactly(1, 0, 0, 1);
    }

    @Test
    void theOldestIsForgotten() {
        Trend trend = new Trend(Resolution.SECONDS);
        trend.add(START, Map.of(GRANTED, 9L));
        trend.add(START + 3_600, Map.of(GRANTED, 1L));
        assertThat(granted(trend)).hasSize(3_600).startsWith(0).endsWith(1);
        trend.add(START + 1_000_000, Map.of(GRANTED, 2L));
        assertThat(granted(trend)).hasSize(3_600).endsWith(2);
        assertThat(Arrays.stream(granted(trend)).sum()).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackChangesNoEarlierTime() {
        Trend trend = new Trend(Resolution.SECONDS);
        trend.add(START, Map.of(GRANTED, 1L));
        trend.add(START - 100, Map.of(GRANTED, 1L));
        assertThat(granted(trend)).containsExactly(2);
    }

    @Test
    void furtherSeriesThanTwoHundredAreLeftOut() {
        Trend trend = new Trend(Resolution.HOURS);
        Map<Series, Long> many = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            many.put(Series.sum(Group.TOTALS, "series " + i), 1L);
        }
        trend.add(START, many);
        assertThat(seriesOf(trend)).hasSize(200);
    }

    @Test
    void countsStopAtTheGreatestNumber() {
        Trend trend = new Trend(Resolution.HOURS);
        trend.add(START, Map.of(GRANTED, 3_000_000_000L));
        trend.add(START, Map.of(GRANTED, 1L));
        assertThat(granted(trend)).containsExactly(Integer.MAX_VALUE);
    }

    @Test
    void anUnusedTrendIsEmpty() {
        assertThat(new Trend(Resolution.SECONDS).document(Group.ROUTES))
                .containsEntry("count", 0L)
                .containsEntry("series", Map.of());
    }
}
