package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Revocation;
import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.spi.SharedState;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes share while all is well, in each database. */
class JdbcStateTest {
    private static final String DATABASES = "io.tokenguard.jdbc.Databases#all";
    private final String prefix = TestDatabase.prefix();

    @ParameterizedTest
    @MethodSource(DATABASES)
    void isFoundByItsAddress(TestDatabase database) {
        assertThat(ServiceLoader.load(SharedState.Provider.class))
                .anyMatch(provider -> provider.serves(database.location().address()));
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void isOpenedByItsAddress(TestDatabase database) {
        try (SharedState state = JdbcState.open(database.location().tablePrefix(prefix), Node.terms())) {
            assertThat(state.revocations().publish(Node.revocation("address"))).isTrue();
        }
        assertThat(database.number("SELECT count(*) FROM " + prefix + "revocation"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void hasCommittedARevocationWhenPublishReturns(TestDatabase database) {
        try (Node node = new Node(database, prefix)) {
            assertThat(node.publish(Node.revocation("one"))).isTrue();
            assertThat(database.number("SELECT count(*) FROM " + prefix + "revocation"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void keepsARevocationForAsLongAsTheLongestLivedTokenCanLive(TestDatabase database) {
        Instant end = Instant.now().plus(Duration.ofDays(400)).truncatedTo(ChronoUnit.MILLIS);
        Revocation revocation =
                Revocation.token("https://issuer.example.com", "long").until(end);
        try (Node one = new Node(database, prefix)) {
            one.publish(revocation);
        }
        Clock late = Clock.offset(Clock.systemUTC(), Duration.ofDays(399));
        try (Node later = new Node(database, prefix, new SharedState.Terms(late))) {
            assertThat(later.seen()).contains(revocation);
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void bringsARevocationToAnotherNode(TestDatabase database) {
        try (Node one = new Node(database, prefix);
                Node other = new Node(database, prefix)) {
            Revocation revocation = Node.revocation("one");
            one.publish(revocation);
            await().until(() -> other.seen().contains(revocation));
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void knowsEverythingBeforeTheFirstRequest(TestDatabase database) throws Exception {
        Revocation keyBan = Revocation.keyId("stolen").until(RevocationTable.LATEST);
        try (Node one = new Node(database, prefix);
                JdbcSession session = JdbcSession.open(database.dataSource()::getConnection, Duration.ofSeconds(3))) {
            one.publish(keyBan);
            RevocationTable table = new RevocationTable(new Tables(prefix));
            for (int page = 0; page < 6; page++) {
                String name = "bulk" + page + "-";
                table.add(
                        session,
                        IntStream.range(0, RevocationTable.BATCH)
                                .mapToObj(number -> Node.revocation(name + number))
                                .toList());
            }
        }
        try (Node later = new Node(database, prefix)) {
            assertThat(later.seen()).contains(keyBan).hasSize(6 * RevocationTable.BATCH + 1);
            assertThat(later.state().revocations().sinceSync()).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void isNotInSyncBeforeSomebodyFollows(TestDatabase database) {
        try (JdbcState state = JdbcState.open(database.dataSource()::getConnection, new Tables(prefix), Node.terms())) {
            assertThat(state.revocations().sinceSync()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void keepsBothLimitsOfARevocation(TestDatabase database) {
        Revocation revocation = Node.revocation("limits").issuedBefore(Instant.ofEpochMilli(1_700_000_000_123L));
        try (Node one = new Node(database, prefix);
                Node other = new Node(database, prefix)) {
            one.publish(revocation.until(Instant.MAX));
            await().until(() -> other.seen().contains(revocation.until(RevocationTable.LATEST)));
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void takesAProofOnOneNodeOnly(TestDatabase database) {
        try (Node one = new Node(database, prefix);
                Node other = new Node(database, prefix)) {
            byte[] proof = one.takenProof();
            assertThat(one.use(proof)).isEqualTo(Use.REPEATED);
            await().until(() -> other.use(Node.proof()) == Use.FIRST);
            assertThat(other.use(proof)).isNotEqualTo(Use.FIRST);
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void remembersProofsAndReceivedTokensOverARestart(TestDatabase database) {
        Instant madeAt;
        byte[] proof;
        byte[] token = Node.proof();
        try (Node before = new Node(database, prefix)) {
            proof = before.takenProof();
            madeAt = Instant.now();
            before.state().receivedTokens().orElseThrow().add(token, madeAt.plusSeconds(60));
        }
        try (Node after = new Node(database, prefix)) {
            await().until(() -> after.use(Node.proof()) == Use.FIRST);
            assertThat(after.use(proof, madeAt)).isNotEqualTo(Use.FIRST);
            await().until(() -> after.state().receivedTokens().orElseThrow().contains(token));
            assertThat(after.state().receivedTokens().orElseThrow().contains(Node.proof()))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void givesAllNodesOneSecret(TestDatabase database) {
        try (Node one = new Node(database, prefix);
                Node other = new Node(database, prefix)) {
            assertThat(one.state().nonceSecret()).get().asString().hasSize(43);
            assertThat(other.state().nonceSecret()).isEqualTo(one.state().nonceSecret());
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void leavesNoThreadBehind(TestDatabase database) {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Node node = new Node(database, prefix);
        node.use(Node.proof());
        long start = System.nanoTime();
        node.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .noneMatch(thread -> thread.getName().startsWith("tokenguard-jdbc")));
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void deletesExpiredRowsInBatchesAfterAGrace(TestDatabase database) throws Exception {
        Tables tables = new Tables(prefix);
        try (Node node = new Node(database, prefix);
                JdbcSession session = JdbcSession.open(database.dataSource()::getConnection, Duration.ofSeconds(3))) {
            Instant now = Instant.now();
            int unused = session.inTransaction(() -> {
                for (int i = 0; i <= Cleanup.BATCH; i++) {
                    session.update(
                            tables.in("INSERT INTO {proof} (proof, forget_at) VALUES (?, ?)"),
                            "over" + i,
                            now.minusSeconds(301).toEpochMilli());
                }
                return Cleanup.BATCH;
            });
            node.publish(Revocation.issuer("grace").until(now.minusSeconds(240)));
            node.publish(Revocation.issuer("over").until(now.minusSeconds(301)));
            Cleanup cleanup = new Cleanup(tables, Clock.systemUTC());
            assertThat(cleanup.deleteBatch(session, now)).isEqualTo(Cleanup.BATCH);
            assertThat(cleanup.deleteBatch(session, now.minusSeconds(3600))).isZero();
            assertThat(cleanup.deleteBatch(session, now)).isEqualTo(1);
            assertThat(database.number("SELECT count(*) FROM " + prefix + "revocation"))
                    .isEqualTo(1);
            Revocation after = Node.revocation("after");
            node.publish(after);
            await().until(() -> node.seen().contains(after));
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void writesAgainWhatTheDatabaseLost(TestDatabase database) {
        Revocation revocation = Node.revocation("lost");
        try (Node node = new Node(database, prefix)) {
            node.publish(revocation);
            await().until(() -> node.seen().contains(revocation));
            database.execute(
                    "DELETE FROM " + prefix + "revocation",
                    "UPDATE " + prefix + "state SET number = 0 WHERE name = 'revocation-position'");
            await().until(() -> database.number("SELECT count(*) FROM " + prefix + "revocation") == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "x;DROP TABLE y", "\"q\"", "1st", "ümlaut", "a-b", "abcdefghijklmnopqrstuvwxyz0123456"
            })
    void takesNoPrefixThatIsMoreThanTheStartOfAName(String wrong) {
        assertThatThrownBy(() -> new Tables(wrong))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokenguard.state.table-prefix");
    }

    @Test
    void showsNoPasswordWhenNoDriverAcceptsTheAddress() {
        SharedState.Location location = SharedState.Location.of(URI.create("jdbc:nothing://u:hidden@host/db"))
                .password("hidden");
        assertThatThrownBy(() -> JdbcState.open(location, Node.terms()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tokenguard.state.jdbc-uri")
                .hasMessageNotContaining("hidden");
    }
}
