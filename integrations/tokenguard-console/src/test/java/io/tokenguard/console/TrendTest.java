package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final Series GRANTED = Series.of(Group.TOTALS, "granted");
    private static final Series SLOWEST = Series.percentile(99);
    private static final long START = 1_900_000_000;
    private static final int DAY = 24 * 3_600;
    private static final int WEEK = 7 * DAY;

    private final Trends trends = new Trends();

    private void add(long epochSecond, Map<Series, Long> counts) {
        trends.add(Instant.ofEpochSecond(epochSecond), counts);
    }

    private Map<?, ?> seriesOf(Resolution resolution, Group group) {
        return (Map<?, ?>) trends.document(resolution, group).get("series");
    }

    private int[] granted(Resolution resolution) {
        return (int[]) Objects.requireNonNull(seriesOf(resolution, Group.TOTALS).get("granted"));
    }

    @Test
    void countsAddUpInTheirTimeSlot() {
        long minute = START - START % 60;
        add(minute, Map.of(GRANTED, 2L));
        add(minute + 59, Map.of(GRANTED, 3L));
        add(minute + 60, Map.of(GRANTED, 4L));
        assertThat(granted(Resolution.MINUTES)).containsExactly(5, 4);
        assertThat(trends.document(Resolution.MINUTES, Group.TOTALS))
                .containsEntry("from", minute)
                .containsEntry("step", 60)
                .containsEntry("count", 2);
    }

    @Test
    void ofMeasuresTheGreatestCounts() {
        long minute = START - START % 60;
        add(minute, Map.of(SLOWEST, 7L));
        add(minute + 1, Map.of(SLOWEST, 5L));
        assertThat((int[]) seriesOf(Resolution.MINUTES, Group.TOTALS).get("p99Micros"))
                .containsExactly(7);
    }

    @Test
    void timeWithoutSamplesCountsNothing() {
        add(START, Map.of(GRANTED, 1L));
        add(START + 3, Map.of(GRANTED, 1L));
        assertThat(granted(Resolution.SECONDS)).containsExactly(1, 0, 0, 1);
    }

    @Test
    void theOldestIsForgotten() {
        add(START, Map.of(GRANTED, 9L));
        add(START + 3_600, Map.of(GRANTED, 1L));
        assertThat(granted(Resolution.SECONDS)).hasSize(3_600).startsWith(0).endsWith(1);
        add(START + 1_000_000, Map.of(GRANTED, 2L));
        assertThat(granted(Resolution.SECONDS)).hasSize(3_600).endsWith(2);
        assertThat(Arrays.stream(granted(Resolution.SECONDS)).sum()).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackChangesNoEarlierTime() {
        add(START, Map.of(GRANTED, 1L));
        add(START - 100, Map.of(GRANTED, 1L));
        assertThat(granted(Resolution.SECONDS)).containsExactly(2);
    }

    @Test
    void manySeriesOfOneGroupDisplaceNoneOfAnother() {
        Map<Series, Long> many = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            many.put(Series.of(Group.ISSUERS, "granted issuer " + i), 100L);
        }
        add(START, many);
        add(START, Map.of(GRANTED, 1L));
        assertThat(seriesOf(Resolution.HOURS, Group.ISSUERS)).hasSize(Group.ISSUERS.share());
        assertThat(granted(Resolution.HOURS)).containsExactly(1);
    }

    @Test
    void aFloodOfNewNamesDoesNotDisplaceTheMostFrequent() {
        add(START, Map.of(Series.of(Group.CLIENTS, "refused shop"), 50L));
        for (int i = 0; i < 1_000; i++) {
            add(START + i, Map.of(Series.of(Group.CLIENTS, "refused client " + i), 1L));
        }
        assertThat(seriesOf(Resolution.MINUTES, Group.CLIENTS).keySet())
                .hasSize(Group.CLIENTS.share())
                .anyMatch("refused shop"::equals)
                .anyMatch("refused client 999"::equals);
    }

    @Test
    void countsStopAtTheGreatestNumber() {
        add(START, Map.of(GRANTED, 3_000_000_000L));
        add(START, Map.of(GRANTED, 1L));
        assertThat(granted(Resolution.HOURS)).containsExactly(Integer.MAX_VALUE);
    }

    @Test
    void anUnusedTrendIsEmpty() {
        assertThat(trends.document(Resolution.SECONDS, Group.ROUTES))
                .containsEntry("count", 0)
                .containsEntry("series", Map.of());
    }

    @Test
    void theSameTimeAWeekBeforeIsShownBesideTheDayAndTheYear() {
        add(START, Map.of(GRANTED, 5L));
        add(START + WEEK, Map.of(GRANTED, 9L));
        for (Resolution resolution : new Resolution[] {Resolution.MINUTES, Resolution.HOURS}) {
            Map<String, Object> document = trends.document(resolution, Group.TOTALS);
            int count = (int) document.get("count");
            int[] before = (int[]) Objects.requireNonNull(((Map<?, ?>) document.get("weekBefore")).get("granted"));
            assertThat(granted(resolution)).hasSize(count).endsWith(9);
            assertThat(before).hasSize(count).endsWith(5);
        }
        assertThat(trends.document(Resolution.SECONDS, Group.TOTALS)).doesNotContainKey("weekBefore");
        assertThat(trends.document(Resolution.MINUTES, Group.ROUTES)).doesNotContainKey("weekBefore");
    }

    @Test
    void aWeekThatIsNotKnownIsNotShown() {
        add(START, Map.of(GRANTED, 5L));
        assertThat(trends.document(Resolution.MINUTES, Group.TOTALS)).doesNotContainKey("weekBefore");
    }
}
