package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.spi.SharedState.RequestCountStore;
import io.tokenguard.spi.SharedState.RequestCountStore.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests counted in a real Redis. */
class RequestCountsTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Offset<Double> DRAINED = Offset.offset(0.1);
    private LocalRedis redis;
    private Node node;

    @BeforeEach
    void start() {
        redis = LocalRedis.launch();
        node = new Node(redis.address());
    }

    @AfterEach
    void stop() {
        node.close();
        redis.close();
    }

    private static Bucket bucket(String name, long capacity, long cost, boolean isRequired) {
        return new Bucket(name, capacity, HOUR, capacity, cost, isRequired);
    }

    private RequestCountStore counts() {
        return node.state().requestCounts().orElseThrow();
    }

    private List<Double> count(Bucket... buckets) {
        return counts().count(List.of(buckets), LIMIT).orElseThrow();
    }

    private static String key(String name) {
        return "tokenguard:{default}:requests:" + name;
    }

    @Test
    void fillABucketUntilItIsFull() {
        for (int i = 0; i < 3; i++) {
            assertThat(count(bucket("a", 3, 1, true)).get(0)).isCloseTo(i, DRAINED);
        }
        assertThat(count(bucket("a", 3, 1, true)).get(0)).isCloseTo(3, DRAINED);
        assertThat(count(bucket("a", 3, 1, true)).get(0)).isCloseTo(3, DRAINED);
    }

    @Test
    void areCountedNowhereIfARequiredBucketIsFull() {
        count(bucket("own", 1, 1, true));
        count(bucket("all", 10, 1, true), bucket("own", 1, 1, true), bucket("trial", 5, 1, false));
        assertThat(count(bucket("all", 10, 1, true)).get(0)).isZero();
        assertThat(count(bucket("trial", 5, 1, true)).get(0)).isZero();
    }

    @Test
    void areCountedElsewhereIfABucketIsFullThatIsNotRequired() {
        count(bucket("trial", 1, 1, false));
        count(bucket("all", 10, 4, true), bucket("trial", 1, 1, false));
        assertThat(count(bucket("all", 10, 1, true)).get(0)).isCloseTo(4, DRAINED);
    }

    /** The server's clock is not set back for this; what it wrote is. */
    @Test
    void leaveABucketEvenly() {
        count(bucket("a", 60, 40, true));
        redis.ask(server -> {
            String[] stored = server.get(key("a")).split(" ", -1);
            double earlier = Double.parseDouble(stored[1]) - 600;
            return server.set(key("a"), stored[0] + " " + String.format(java.util.Locale.ROOT, "%.6f", earlier));
        });
        assertThat(count(bucket("a", 60, 1, true)).get(0)).isCloseTo(30, DRAINED);
    }

    @Test
    void areForgottenWhenTheirBucketIsEmpty() {
        count(bucket("a", 60, 20, true));
        long millis = redis.ask(server -> server.pttl(key("a")));
        assertThat(millis).isBetween(1_190_000L, 1_200_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "nan 1", "inf inf", "1e999 5", "-5 0", "1", "1 2 3", "0x10 1"})
    void areCountedFromAnewIfTheServerHoldsNonsense(String nonsense) {
        redis.ask(server -> server.set(key("a"), nonsense));
        assertThat(counts().count(List.of(bucket("a", 3, 1, true)), LIMIT)).isPresent();
    }

    @Test
    void areUnknownIfTheKeyIsOfAnotherType() {
        redis.ask(server -> server.lpush(key("a"), "x"));
        assertThat(counts().count(List.of(bucket("a", 3, 1, true)), LIMIT)).isEmpty();
        assertThat(count(bucket("b", 3, 1, true)).get(0)).isZero();
    }

    @Test
    void ofThreeNodesFillOneBucket() throws InterruptedException {
        AtomicInteger granted = new AtomicInteger();
        try (Node second = new Node(redis.address());
                Node third = new Node(redis.address())) {
            List<Node> nodes = List.of(node, second, third);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                RequestCountStore store =
                        nodes.get(i % 3).state().requestCounts().orElseThrow();
                threads.add(new Thread(() -> {
                    for (int n = 0; n < 50; n++) {
                        Bucket bucket = bucket("hot", 100, 1, true);
                        double held = store.count(List.of(bucket), LIMIT)
                                .orElseThrow()
                                .get(0);
                        granted.addAndGet(bucket.fits(held) ? 1 : 0);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        // What leaves it meanwhile lets one more in each 36 s.
        assertThat(granted.get()).isBetween(100, 101);
    }

    @Test
    void areUnknownAtOnceWhileRedisIsGoneAndKnownOnceItIsBack() {
        count(bucket("a", 3, 1, true));
        redis.kill();
        await().until(() -> counts().count(List.of(bucket("a", 3, 1, true)), Duration.ofMillis(50))
                .isEmpty());
        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(counts().count(List.of(bucket("a", 3, 1, true)), Duration.ofSeconds(1)))
                    .isEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        redis.run();
        await().until(() ->
                counts().count(List.of(bucket("a", 3, 1, true)), LIMIT).isPresent());
    }

    @Test
    void waitNoLongerThanTheLimitForAServerThatHangs() {
        count(bucket("a", 3, 1, true));
        redis.freeze();
        long start = System.nanoTime();
        assertThat(counts().count(List.of(bucket("a", 3, 1, true)), Duration.ofMillis(50)))
                .isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        redis.thaw();
        await().until(() ->
                counts().count(List.of(bucket("a", 3, 1, true)), LIMIT).isPresent());
    }
}
