package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.spi.SharedState.Terms;
import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a node knows about uses that the database may have lost, by a clock that may be wrong. */
class LostDataTest {
    private static final String DATABASES = "io.tokenguard.jdbc.Databases#all";
    private static final Duration HOUR = Duration.ofHours(1);

    private final String prefix = TestDatabase.prefix();
    private final TestClock clock = TestClock.startingAt(Instant.now());

    private Node node(TestDatabase database) {
        Node node = new Node(database, prefix, new Terms(clock));
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
    @MethodSource(DATABASES)
    void anEpochThatBeganByAFastClockRefusesNoGoodProofOnceTheClockIsRight(TestDatabase database) {
        clock.advance(HOUR);
        try (Node node = node(database)) {
            clock.advance(HOUR.negated());
            awaitGood(node);
            assertThat(lostUntil(node)).isEqualTo(Instant.MIN);
            try (Node later = node(database)) {
                awaitGood(later);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void neitherTheFirstStartNorALaterOneIsALoss(TestDatabase database) {
        try (Node first = node(database);
                Node later = node(database)) {
            assertThat(lostUntil(first)).isEqualTo(Instant.MIN);
            assertThat(lostUntil(later)).isEqualTo(Instant.MIN);
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void anEpochThatIsGoneIsALossOfAllUsesUntilThatIsNoticed(TestDatabase database) {
        try (Node node = node(database)) {
            Instant deleted = clock.instant();
            database.execute("DELETE FROM " + prefix + "proof", "DELETE FROM " + prefix + "state WHERE name = 'epoch'");
            await().until(() -> !lostUntil(node).isBefore(deleted));
            awaitGood(node);
        }
    }
}
