package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.spi.SharedState.RequestCountStore;
import io.tokenguard.spi.SharedState.RequestCountStore.Bucket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests counted in real databases. */
class RequestCountsTest {
    private static final String DATABASES = "databases";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Offset<Double> DRAINED = Offset.offset(0.1);
    private final String prefix = TestDatabase.prefix();

    static Stream<TestDatabase> databases() {
        return Databases.all();
    }

    private static Bucket bucket(String name, long capacity, long cost, boolean isRequired) {
        return new Bucket(name, capacity, HOUR, capacity, cost, isRequired);
    }

    private static RequestCountStore counts(Node node) {
        return node.state().requestCounts().orElseThrow();
    }

    private static List<Double> count(Node node, Bucket... buckets) {
        return counts(node).count(List.of(buckets), LIMIT).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void fillABucketUntilItIsFull(TestDatabase database) {
        try (Node node = new Node(database, prefix)) {
            for (int i = 0; i < 3; i++) {
                assertThat(count(node, bucket("a", 3, 1, true)).get(0)).isCloseTo(i, DRAINED);
            }
            assertThat(count(node, bucket("a", 3, 1, true)).get(0)).isCloseTo(3, DRAINED);
            assertThat(count(node, bucket("a", 3, 1, true)).get(0)).isCloseTo(3, DRAINED);
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void areCountedNowhereIfARequiredBucketIsFull(TestDatabase database) {
        try (Node node = new Node(database, prefix)) {
            count(node, bucket("own", 1, 1, true));
            count(node, bucket("all", 10, 1, true), bucket("own", 1, 1, true), bucket("trial", 5, 1, false));
            assertThat(count(node, bucket("all", 10, 1, true)).get(0)).isZero();
            assertThat(count(node, bucket("trial", 5, 1, true)).get(0)).isZero();
        }
    }

    /** The clock of the database is not changed for this; what it wrote is. */
    @ParameterizedTest
    @MethodSource(DATABASES)
    void leaveABucketEvenly(TestDatabase database) {
        try (Node node = new Node(database, prefix)) {
            count(node, bucket("a", 60, 40, true));
            database.execute("UPDATE " + prefix + "request SET counted_at = counted_at - 600000000");
            assertThat(count(node, bucket("a", 60, 1, true)).get(0)).isCloseTo(30, DRAINED);
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void areForgottenFiveMinutesAfterTheirBucketIsEmpty(TestDatabase database) throws Exception {
        try (Node node = new Node(database, prefix)) {
            count(node, bucket("empty", 60, 20, true));
            count(node, bucket("full", 60, 60, true));
            Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(26));
            try (JdbcSession session = JdbcSession.open(database.dataSource()::getConnection, LIMIT)) {
                new Cleanup(new Tables(prefix), later).deleteBatch(session, later.instant());
            }
            assertThat(database.number("SELECT COUNT(*) FROM " + prefix + "request"))
                    .isEqualTo(1);
            assertThat(count(node, bucket("full", 60, 1, true)).get(0)).isCloseTo(60, DRAINED);
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void areCountedFromNowOnIfTheClockOfTheDatabaseWasAhead(TestDatabase database) {
        try (Node node = new Node(database, prefix)) {
            count(node, bucket("a", 60, 40, true));
            database.execute("UPDATE " + prefix + "request SET counted_at = counted_at + 86400000000");
            assertThat(count(node, bucket("a", 60, 1, true)).get(0)).isCloseTo(40, DRAINED);
            long micros = database.number("SELECT counted_at FROM " + prefix + "request");
            assertThat(Instant.ofEpochSecond(micros / 1_000_000))
                    .isBefore(Instant.now().plusSeconds(3_600));
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void ofThreeNodesFillOneBucket(TestDatabase database) throws InterruptedException {
        AtomicInteger granted = new AtomicInteger();
        try (Node one = new Node(database, prefix);
                Node two = new Node(database, prefix);
                Node three = new Node(database, prefix)) {
            List<Node> nodes = List.of(one, two, three);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                RequestCountStore store = counts(nodes.get(i % 3));
                String own = "own" + i;
                threads.add(new Thread(() -> {
                    for (int n = 0; n < 50; n++) {
                        Bucket hot = bucket("hot", 100, 1, true);
                        List<Double> held = store.count(List.of(bucket(own, 1_000, 1, true), hot), LIMIT)
                                .orElseThrow();
                        granted.addAndGet(hot.fits(held.get(1)) ? 1 : 0);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        // What leaves it meanwhile lets one more in each 36 s.
        assertThat(granted.get()).isBetween(100, 102);
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void areUnknownIfTheirTableIsGone(TestDatabase database) {
        try (Node node = new Node(database, prefix)) {
            database.execute("DROP TABLE " + prefix + "request");
            assertThat(counts(node).count(List.of(bucket("a", 3, 1, true)), LIMIT))
                    .isEmpty();
            assertThat(node.state().revocations().trouble()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void waitNoLongerThanTheLimitForALockedRow(TestDatabase database) throws Exception {
        try (Node node = new Node(database, prefix)) {
            count(node, bucket("a", 3, 1, true));
            try (var connection = database.dataSource().getConnection();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("UPDATE " + prefix + "request SET held = held");
                long start = System.nanoTime();
                assertThat(counts(node).count(List.of(bucket("a", 3, 1, true)), Duration.ofMillis(50)))
                        .isEmpty();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
                connection.rollback();
            }
            await().until(() ->
                    counts(node).count(List.of(bucket("a", 3, 1, true)), LIMIT).isPresent());
        }
    }
}
