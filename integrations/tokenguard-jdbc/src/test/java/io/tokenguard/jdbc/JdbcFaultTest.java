package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.Revocation;
import io.tokenguard.spi.ReplayStore.Use;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PostgreSQL server that is gone, frozen, or refuses. */
class JdbcFaultTest {
    private final LocalPostgres database = Databases.postgres();
    private final String prefix = TestDatabase.prefix();

    private static Duration time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void startsWhileTheDatabaseIsDownAndCatchesUp() {
        Revocation before = Node.revocation("before");
        try (Node writer = new Node(database, prefix)) {
            writer.publish(before);
        }
        database.kill();
        try (Node node = new Node(database, prefix)) {
            assertThat(node.state().revocations().sinceSync()).isEmpty();
            assertThat(node.state().revocations().trouble()).contains(Failure.UNREACHABLE.words());
            assertThat(node.use(Node.proof())).isEqualTo(Use.UNKNOWN);
            database.start();
            await().until(() -> node.state().revocations().sinceSync().isPresent());
            assertThat(node.seen()).contains(before);
            await().until(() -> node.state().revocations().trouble().isEmpty());
        }
    }

    @Test
    void keepsARevocationOfAnOutageAndWritesItLater() {
        Revocation revocation = Node.revocation("outage");
        try (Node one = new Node(database, prefix);
                Node other = new Node(database, prefix)) {
            database.kill();
            assertThat(time(() -> assertThat(one.publish(revocation)).isFalse()))
                    .isLessThan(Duration.ofSeconds(4));
            database.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> other.seen().contains(revocation));
            assertThat(one.publish(revocation)).isTrue();
        }
    }

    @Test
    void takesNoProofAgainAfterARestartOfTheDatabase() {
        try (Node one = new Node(database, prefix);
                Node other = new Node(database, prefix)) {
            byte[] used = one.takenProof();
            Instant madeAt = Instant.now();
            database.restart();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> one.use(Node.proof()) == Use.FIRST && other.use(Node.proof()) == Use.FIRST);
            assertThat(other.use(used, madeAt)).isEqualTo(Use.REPEATED);
            assertThat(other.use(Node.proof(), madeAt)).isEqualTo(Use.REPEATED);
        }
    }

    @Test
    void makesNoRequestWaitForAFrozenDatabase() {
        try (Node node = new Node(database, prefix)) {
            node.takenProof();
            database.freeze();
            try {
                Duration waited = time(() -> {
                    for (int i = 0; i < 100; i++) {
                        assertThat(node.use(Node.proof())).isEqualTo(Use.UNKNOWN);
                    }
                });
                assertThat(waited).isLessThan(Duration.ofSeconds(2));
                assertThat(time(() -> node.publish(Node.revocation("frozen")))).isLessThan(Duration.ofSeconds(4));
                assertThat(time(node::close)).isLessThan(Duration.ofSeconds(5));
            } finally {
                database.thaw();
            }
        }
    }

    private static Use use(Node node, byte[] proof, Duration limit) {
        Instant now = Instant.now();
        return node.state().replays().use(proof, now, now.plusSeconds(65), limit);
    }

    @Test
    void aProofThatIsStoredAfterItsRequestHasEndedCanBeUsedOnce() throws Exception {
        byte[] proof = Node.proof();
        Duration patient = Duration.ofSeconds(10);
        try (Node node = new Node(database, prefix);
                Node other = new Node(database, prefix);
                Connection blocking = database.dataSource().getConnection();
                Statement statement = blocking.createStatement()) {
            node.takenProof();
            blocking.setAutoCommit(false);
            statement.execute("LOCK TABLE " + prefix + "proof IN ACCESS EXCLUSIVE MODE");
            assertThat(use(node, proof, Duration.ofMillis(50))).isEqualTo(Use.UNKNOWN);
            assertThat(use(node, Node.proof(), Duration.ofMillis(50))).isEqualTo(Use.UNKNOWN);
            assertThat(use(node, Node.proof(), Duration.ofMillis(50))).isEqualTo(Use.UNKNOWN);
            blocking.commit();
            assertThat(use(node, Node.proof(), patient)).isEqualTo(Use.FIRST);
            assertThat(use(node, proof, patient)).isEqualTo(Use.FIRST);
            assertThat(use(node, proof, patient)).isEqualTo(Use.REPEATED);
            assertThat(use(other, proof, patient)).isEqualTo(Use.REPEATED);
        }
    }

    /** Two guards of a process share the state, and each has a memory of its own. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProofThatAGuardHasUsedAloneIsNotAcceptedFromAnotherOne(boolean isStoredBefore) throws Exception {
        byte[] proof = Node.proof();
        Duration patient = Duration.ofSeconds(10);
        try (Node node = new Node(database, prefix);
                Connection blocking = database.dataSource().getConnection();
                Statement statement = blocking.createStatement()) {
            node.takenProof();
            blocking.setAutoCommit(false);
            statement.execute("LOCK TABLE " + prefix + "proof IN ACCESS EXCLUSIVE MODE");
            assertThat(use(node, proof, Duration.ofMillis(50))).isEqualTo(Use.UNKNOWN);
            if (!isStoredBefore) {
                assertThat(node.state().replays().useAlone(proof)).isTrue();
            }
            blocking.commit();
            assertThat(use(node, Node.proof(), patient)).isEqualTo(Use.FIRST);
            if (isStoredBefore) {
                assertThat(node.state().replays().useAlone(proof)).isTrue();
            }
            assertThat(use(node, proof, patient)).isEqualTo(Use.REPEATED);
        }
    }

    @Test
    void tellsHowLongTheDatabaseHasBeenOutOfReach() {
        try (Node node = new Node(database, prefix)) {
            node.takenProof();
            assertThat(node.state().replays().outOfReachFor()).isZero();
            database.kill();
            try {
                await().until(() -> node.use(Node.proof()) == Use.UNKNOWN
                        && node.state().replays().outOfReachFor().compareTo(Duration.ofMillis(500)) > 0);
            } finally {
                database.start();
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> node.state().replays().outOfReachFor().isZero());
        }
    }

    @Test
    void missesNoRevocationWhoseCommitIsLate() throws Exception {
        try (Node one = new Node(database, prefix);
                Node other = new Node(database, prefix);
                Connection late = database.dataSource().getConnection();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("UPDATE " + prefix + "state SET number = number + 1 WHERE name = 'revocation-position'");
            Revocation next = Node.revocation("next");
            CompletableFuture<Boolean> published = CompletableFuture.supplyAsync(() -> one.publish(next));
            statement.execute("INSERT INTO " + prefix + "revocation (position, kind, target, forget_at) SELECT number,"
                    + " 'ISSUER', '" + Revocation.issuer("late").target() + "', 253402300799999 FROM " + prefix
                    + "state WHERE name = 'revocation-position'");
            late.commit();
            assertThat(published.get()).isTrue();
            await().until(() -> other.seen().contains(next));
            assertThat(other.seen()).contains(Revocation.issuer("late").until(RevocationTable.LATEST));
        }
    }

    @Test
    void saysWhatIsWrongInItsOwnWords() {
        try (Node node = new Node(JdbcState.open(
                database.dataSource("nobody", "hidden")::getConnection, new Tables(prefix), Node.terms()))) {
            assertThat(node.state().revocations().trouble()).contains(Failure.LOGIN_REFUSED.words());
        }
    }
}
