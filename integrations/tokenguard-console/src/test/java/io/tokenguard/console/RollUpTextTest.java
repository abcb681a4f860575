package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollUpTextTest {
    private static Map<Series, Long> read(String text) {
        Map<Series, Long> counts = new HashMap<>();
        RollUpText.addTo(counts, text);
        return counts;
    }

    @Test
    void whatIsWrittenIsRead() {
        Map<Series, Integer> counts = Map.of(
                Series.of(Group.TOTALS, "granted"), 5,
                Series.percentile(99), 40,
                Series.of(Group.ROUTES, "granted GET,POST /orders/{id}=%&+ä"), 7);
        Map<Series, Long> read = read(RollUpText.of(counts));
        assertThat(read).hasSize(3);
        counts.forEach((series, count) -> assertThat(read).containsEntry(series, (long) count));
    }

    @Test
    void countsOfSeveralTextsAddUpAndOfMeasuresTheGreatestCounts() {
        Map<Series, Long> counts = new HashMap<>();
        for (int i = 1; i <= 3; i++) {
            RollUpText.addTo(counts, "totals+granted=" + i + "&totals+p99Micros=" + i);
        }
        assertThat(counts)
                .containsEntry(Series.of(Group.TOTALS, "granted"), 6L)
                .containsEntry(Series.percentile(99), 3L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&",
                "=",
                "totals",
                "totals+granted",
                "totals+granted=",
                "totals+granted=x",
                "totals+granted=-1",
                "totals+granted=99999999999",
                "other+granted=1",
                "%zz=1",
                "totals=1"
            })
    void whatIsMalformedIsLeftOut(String text) {
        assertThat(read(text)).isEmpty();
        assertThat(read(text + "&totals+refused=2")).containsValue(2L);
    }

    @Test
    void aTextIsNotLongerThanAStoreAcceptsAndKeepsWhatIsFrequent() {
        Map<Series, Integer> counts = new HashMap<>();
        counts.put(Series.of(Group.TOTALS, "granted"), 1);
        for (int i = 1; i <= 500; i++) {
            counts.put(Series.of(Group.CLIENTS, "refused " + "ä".repeat(50) + i), i);
        }
        String text = RollUpText.of(counts);
        assertThat(text).hasSizeLessThanOrEqualTo(16_000);
        assertThat(read(text))
                .containsKey(Series.of(Group.TOTALS, "granted"))
                .containsKey(Series.of(Group.CLIENTS, "refused " + "ä".repeat(50) + 500))
                .doesNotContainKey(Series.of(Group.CLIENTS, "refused " + "ä".repeat(50) + 1));
    }
}
