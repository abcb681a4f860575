package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.spi.SharedState.RollUp;
import io.tokenguard.spi.SharedState.RollUpStore;
import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Counts of several processes that share a store. */
class StoredTrendsTest {
    private static final Series GRANTED = Series.of(Group.TOTALS, "granted");
    private static final Series SLOWEST = Series.percentile(99);

    private final TestClock clock = TestClock.startingAt(Instant.parse("2026-01-31T12:00:00Z"));
    private final Store store = new Store();

    /** Keeps rows in memory, unless it is down. */
    private static final class Store implements RollUpStore {
        private final Map<List<Object>, RollUp> rows = new HashMap<>();
        private boolean isDown;
        private int read;
        private int longest;

        @Override
        public boolean put(List<RollUp> rollUps) {
            if (!isDown) {
                rollUps.forEach(row -> rows.put(List.of(row.span(), row.slot(), row.writer()), row));
            }
            return !isDown;
        }

        @Override
        public Optional<List<RollUp>> read(String span, long from, long until) {
            if (isDown) {
                return Optional.empty();
            }
            List<RollUp> found = rows.values().stream()
                    .filter(row -> row.span().equals(span) && row.slot() >= from && row.slot() < until)
                    .toList();
            read += found.size();
            longest = Math.max(longest, found.size());
            return Optional.of(new ArrayList<>(found));
        }
    }

    /** A process with its counts. */
    private final class Node {
        private final Trends trends = new Trends();
        private final StoredTrends stored;

        Node(String name) {
            stored = new StoredTrends(() -> Optional.of(store), trends, name, clock);
        }

        void count(long granted) {
            trends.add(clock.instant(), Map.of(GRANTED, granted, SLOWEST, granted));
        }

        Map<?, ?> series(Resolution resolution) {
            return (Map<?, ?>) trends.document(resolution, Group.TOTALS).get("series");
        }

        int[] granted(Resolution resolution) {
            return (int[]) Objects.requireNonNull(series(resolution).get("granted"));
        }

        boolean isStored() {
            return (boolean) trends.document(Resolution.HOURS, Group.TOTALS).get("stored");
        }
    }

    @Test
    void aLaterProcessKnowsWhatEarlierOnesCounted() {
        Node before = new Node("before");
        before.count(5);
        clock.advance(Duration.ofMinutes(2));
        before.count(6);
        before.stored.finish();
        clock.advance(Duration.ofMinutes(1));
        Node after = new Node("after");
        after.stored.exchange();
        assertThat(after.granted(Resolution.MINUTES)).containsExactly(5, 0, 6);
        assertThat(after.granted(Resolution.HOURS)).containsExactly(11);
        assertThat(after.isStored()).isTrue();
        assertThat(after.series(Resolution.SECONDS)).isEmpty();
    }

    @Test
    void countsOfAllNodesAddUpAndOfMeasuresTheGreatestCounts() {
        Node one = new Node("one");
        Node other = new Node("other");
        one.count(5);
        other.count(7);
        for (int i = 0; i < 3; i++) {
            one.stored.exchange();
            other.stored.exchange();
        }
        assertThat(one.granted(Resolution.MINUTES))
                .isEqualTo(other.granted(Resolution.MINUTES))
                .endsWith(12);
        assertThat((int[]) one.series(Resolution.HOURS).get("p99Micros")).endsWith(7);
    }

    @Test
    void aSlotThatGrewIsWrittenAgain() {
        Node one = new Node("one");
        one.count(5);
        one.stored.exchange();
        one.count(1);
        one.stored.exchange();
        Node other = new Node("other");
        other.stored.exchange();
        assertThat(other.granted(Resolution.MINUTES)).endsWith(6);
    }

    @Test
    void whatAnotherNodeWritesLateIsReadToo() {
        Node one = new Node("one");
        Node late = new Node("late");
        one.stored.exchange();
        late.count(5);
        clock.advance(Duration.ofMinutes(2));
        one.stored.exchange();
        late.stored.exchange();
        one.stored.exchange();
        assertThat(Arrays.stream(one.granted(Resolution.MINUTES)).sum()).isEqualTo(5);
    }

    @Test
    void anOutageOfTheStoreLosesNothing() {
        Node one = new Node("one");
        store.isDown = true;
        for (int i = 0; i < 500; i++) {
            one.count(1);
            one.stored.exchange();
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(one.isStored()).isFalse();
        assertThat(Arrays.stream(one.granted(Resolution.MINUTES)).sum()).isEqualTo(500);
        store.isDown = false;
        one.stored.exchange();
        assertThat(one.isStored()).isTrue();
        Node other = new Node("other");
        other.stored.exchange();
        assertThat(Arrays.stream(other.granted(Resolution.MINUTES)).sum()).isEqualTo(500);
        assertThat(Arrays.stream(other.granted(Resolution.HOURS)).sum()).isEqualTo(500);
    }

    @Test
    void onlyWhatCanHaveChangedIsReadAgain() {
        Node one = new Node("one");
        for (int i = 0; i < 300; i++) {
            one.count(1);
            clock.advance(Duration.ofMinutes(1));
        }
        one.stored.exchange();
        Node other = new Node("other");
        other.stored.exchange();
        store.read = 0;
        other.stored.exchange();
        assertThat(store.read).isLessThan(12);
    }

    @Test
    void aPageHasFewerSlotsTheMoreRowsTheyHave() {
        assertThat(StoredTrends.nextPage(8, 0)).isEqualTo(16);
        assertThat(StoredTrends.nextPage(8, 24)).isEqualTo(16);
        assertThat(StoredTrends.nextPage(50, 150)).isEqualTo(50);
        assertThat(StoredTrends.nextPage(50, 5_000)).isEqualTo(6);
        assertThat(StoredTrends.nextPage(1, 50_000)).isEqualTo(1);
    }

    @Test
    void manyNodesAreReadInShortPages() {
        for (int node = 0; node < 100; node++) {
            Node one = new Node("node" + node);
            for (int i = 0; i < 60; i++) {
                one.trends.add(clock.instant().minus(Duration.ofMinutes(i)), Map.of(GRANTED, 1L));
            }
            one.stored.finish();
        }
        store.longest = 0;
        Node other = new Node("other");
        other.stored.exchange();
        assertThat(store.longest).isLessThan(3_000);
        assertThat(Arrays.stream(other.granted(Resolution.MINUTES)).sum()).isEqualTo(6_000);
    }

    @Test
    void rowsAreForgottenAfterTheTimeForWhichTheyAreShown() {
        Node one = new Node("one");
        one.count(5);
        one.stored.exchange();
        assertThat(store.rows.values()).hasSize(2).allSatisfy(row -> {
            Duration kept = Duration.between(clock.instant(), row.forgetAt());
            assertThat(kept.toDays()).isEqualTo(row.span().equals("minutes") ? 8 : 373);
        });
    }

    @Test
    void withoutAStoreCountsStayInMemory() {
        Trends trends = new Trends();
        StoredTrends stored = new StoredTrends(Optional::empty, trends, "one", clock);
        trends.add(clock.instant(), Map.of(GRANTED, 1L));
        stored.exchange();
        stored.finish();
        assertThat(trends.document(Resolution.HOURS, Group.TOTALS)).containsEntry("stored", false);
    }
}
