package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IdempotentWrite.Start;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes that happen once on three nodes with one database, and in transactions of the application. */
class WritesInDatabaseTest {
    private static final String DATABASES = "io.tokenguard.jdbc.Databases#all";
    private static final int REQUESTS = 24;
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final GuardedApi api = new GuardedApi();
    private final String prefix = TestDatabase.prefix();
    private final List<TokenGuard> guards = new ArrayList<>();
    private final String token = api.token().subject("alice").clientId("shop").sign();

    @AfterEach
    void stop() {
        guards.forEach(TokenGuard::close);
        api.close();
    }

    private void start(TestDatabase database) {
        for (int i = 0; i < 3; i++) {
            guards.add(api.guard(api.trusting(GuardedApi.GOOD, GuardedApi.STOLEN, GuardedApi.LEAKED))
                    .write("POST /orders idempotent 24h")
                    .idempotencyLease(LEASE)
                    .sharedState(JdbcState.of(database.dataSource()).tablePrefix(prefix))
                    .build());
        }
        api.awaitGood(guards.toArray(TokenGuard[]::new));
        database.execute("CREATE TABLE " + prefix + "effect (number INTEGER NOT NULL)");
    }

    private WriteClient.Begun begin(int node, String key) {
        return WriteClient.begin(guards.get(node), token, key);
    }

    private long effects(TestDatabase database) {
        return database.number("SELECT count(*) FROM " + prefix + "effect");
    }

    /** The effect and the record, in one transaction that is not committed yet. */
    private Connection write(TestDatabase database, IdempotentWrite write) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO " + prefix + "effect (number) VALUES (1)");
            JdbcWrites.withPrefix(prefix).store(connection, write, WriteClient.answer(201));
            return connection;
        } catch (SQLException refused) {
            connection.rollback();
            connection.close();
            throw refused;
        }
    }

    private void run(TestDatabase database, IdempotentWrite write) throws SQLException {
        try (Connection connection = write(database, write)) {
            connection.commit();
        }
    }

    private static List<WriteClient.Begun> sendAll(List<TokenGuard> guards, String token) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(REQUESTS);
        try {
            List<Future<WriteClient.Begun>> sent = IntStream.range(0, REQUESTS)
                    .mapToObj(i ->
                            threads.submit(() -> WriteClient.begin(guards.get(i % guards.size()), token, "once")))
                    .toList();
            List<WriteClient.Begun> begun = new ArrayList<>();
            for (Future<WriteClient.Begun> one : sent) {
                begun.add(one.get());
            }
            return begun;
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void ofManyRequestsAtTheSameTimeOneRuns(TestDatabase database) throws Exception {
        start(database);
        List<WriteClient.Begun> begun = sendAll(guards, token);
        assertThat(begun).filteredOn(WriteClient.Begun::runs).hasSize(1);
        assertThat(begun).filteredOn(one -> !one.runs()).allMatch(one -> one.status() == 409 || one.status() == 503);
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void theAnswerOfOneNodeIsRepeatedByTheOthersUntilItEnds(TestDatabase database) {
        start(database);
        begin(0, "k").write().end(WriteClient.answer(201));
        for (int node = 0; node < 3; node++) {
            assertThat(begin(node, "k").start())
                    .isInstanceOfSatisfying(
                            Start.Repeat.class,
                            repeated -> assertThat(repeated.answer().body())
                                    .asString()
                                    .isEqualTo("done"));
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void afterAFailureAnotherNodeRuns(TestDatabase database) {
        start(database);
        begin(0, "k").write().end(WriteClient.answer(500));
        assertThat(begin(1, "k").runs()).isTrue();
    }

    /** A node that is killed neither commits nor releases its claim. */
    @ParameterizedTest
    @MethodSource(DATABASES)
    void aNodeThatIsKilledBetweenEffectAndCommitLeavesTheEffectToTheNextAttempt(TestDatabase database)
            throws Exception {
        start(database);
        Connection killed = write(database, begin(0, "k").write());
        killed.abort(Runnable::run);
        // H2 has no abort; closing rolls back too.
        killed.close();
        assertThat(begin(1, "k").status()).isEqualTo(409);
        api.clock().advance(LEASE);
        WriteClient.Begun retried = begin(1, "k");
        assertThat(retried.runs()).isTrue();
        run(database, retried.write());
        assertThat(begin(2, "k").status()).isEqualTo(201);
        assertThat(effects(database)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void aNodeThatIsKilledAfterTheCommitLeavesItsAnswer(TestDatabase database) throws Exception {
        start(database);
        run(database, begin(0, "k").write());
        assertThat(begin(1, "k").status()).isEqualTo(201);
        assertThat(effects(database)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void anAttemptThatOutlivesItsLeaseCanNotCommit(TestDatabase database) throws Exception {
        start(database);
        IdempotentWrite slow = begin(0, "k").write();
        api.clock().advance(LEASE);
        run(database, begin(1, "k").write());
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> run(database, slow))
                .withMessageContaining("roll back");
        assertThat(effects(database)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void theAnswerThatTheApplicationStoredIsNotReplaced(TestDatabase database) throws Exception {
        start(database);
        IdempotentWrite write = begin(0, "k").write();
        run(database, write);
        write.end(WriteClient.answer(200));
        assertThat(begin(1, "k").status()).isEqualTo(201);
        IdempotentWrite other = begin(0, "other").write();
        run(database, other);
        other.end(WriteClient.answer(500));
        assertThat(begin(1, "other").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void aRequestDuringTheTransactionGets409(TestDatabase database) throws Exception {
        start(database);
        try (Connection open = write(database, begin(0, "k").write())) {
            assertThat(begin(1, "k").status()).isEqualTo(409);
            open.rollback();
        }
    }
}
