package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.spi.SharedState.Terms;
import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node knows about uses that Redis may have lost, by a clock that may be wrong. */
class LostDataTest {
    private final LocalRedis redis = LocalRedis.launch();
    private final TestClock clock = TestClock.startingAt(Instant.now());

    @AfterEach
    void stop() {
        redis.close();
    }

    private Node node() {
        Node node = new Node(RedisAddress.parse(redis.address()), new Terms(clock));
        awaitGood(node);
        return node;
    }

    /** Each try is a second later: a proof says the second in which it was made. */
    private void awaitGood(Node node) {
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return node.use(Node.proof(), clock.instant()) == Use.FIRST;
        });
    }

    private static Instant lostUntil(Node node) {
        return node.state().replays().knownSince();
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 3_600, 86_400})
    void anEpochThatBeganByAFastClockRefusesNoGoodProofOnceTheClockIsRight(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        try (Node node = node()) {
            clock.advance(Duration.ofSeconds(-seconds));
            awaitGood(node);
            assertThat(lostUntil(node)).isEqualTo(Instant.MIN);
            try (Node later = node()) {
                awaitGood(later);
            }
        }
    }

    @Test
    void neitherTheFirstStartNorALaterOneIsALoss() {
        try (Node first = node();
                Node later = node()) {
            assertThat(lostUntil(first)).isEqualTo(Instant.MIN);
            assertThat(lostUntil(later)).isEqualTo(Instant.MIN);
        }
    }

    @Test
    void aFlushIsALossOfAllUsesUntilItIsNoticed() {
        try (Node node = node()) {
            Instant flushed = clock.instant();
            redis.ask(operator -> operator.flushall());
            await().until(() -> !lostUntil(node).isBefore(flushed));
            awaitGood(node);
        }
    }

    @Test
    void aRestartIsALossOfUsesUntilTheServerWasGone() {
        try (Node node = node()) {
            Instant before = clock.instant();
            redis.kill();
            await().until(() -> node.use(Node.proof(), clock.instant()) == Use.UNKNOWN);
            await().during(Duration.ofMillis(300)).until(() -> true);
            clock.advance(Duration.ofMinutes(1));
            redis.run();
            awaitGood(node);
            assertThat(lostUntil(node)).isEqualTo(before);
        }
    }
}
