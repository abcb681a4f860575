package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.Revocation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that the database rejects, and those that wait behind them. */
class RevocationWriterTest {
    private static final String DATABASES = "io.tokenguard.jdbc.Databases#all";
    private static final Revocation FUTILE = Node.revocation("futile");
    private final String prefix = TestDatabase.prefix();

    private void rejectLater(TestDatabase database, String condition) {
        database.execute(
                "ALTER TABLE " + prefix + "revocation ADD CONSTRAINT " + prefix + "check CHECK (" + condition + ")");
    }

    private void allowAll(TestDatabase database) {
        database.execute("ALTER TABLE " + prefix + "revocation DROP CONSTRAINT " + prefix + "check");
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void aRowThatIsRejectedHoldsUpNoOtherAndIsTriedAgain(TestDatabase database) {
        try (Node node = new Node(database, prefix)) {
            rejectLater(database, "target <> '" + FUTILE.target() + "'");
            assertThat(node.publish(FUTILE)).isFalse();
            assertThat(node.publish(Node.revocation("good"))).isTrue();
            await().until(() -> node.state().revocations().trouble().equals(Optional.of(Failure.ROW_REJECTED.words())));
            allowAll(database);
            await().until(() -> node.publish(FUTILE));
            await().until(() -> node.state().revocations().trouble().isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void rowsAreWrittenThoughManyBeforeThemAreRejected(TestDatabase database) throws Exception {
        new Node(database, prefix).close();
        rejectLater(database, "kind <> 'SUBJECT'");
        WriteBackLog log = new WriteBackLog(Clock.systemUTC(), System::nanoTime, 10_000);
        List<Revocation> rejected = IntStream.range(0, 30)
                .mapToObj(number -> Revocation.subject("https://issuer.example.com", "s" + number)
                        .until(RevocationTable.LATEST))
                .toList();
        rejected.forEach(log::add);
        IntStream.range(0, 1_500).forEach(number -> log.add(Node.revocation("good" + number)));
        RevocationWriter writer = new RevocationWriter(new JdbcParts(
                new Tables(prefix), Clock.systemUTC(), database.dataSource()::getConnection, log, Concern.log()));
        try (JdbcSession session = JdbcSession.open(database.dataSource()::getConnection, Duration.ofSeconds(5))) {
            for (int round = 0; round < 5; round++) {
                writer.write(session);
            }
        }
        assertThat(database.number("SELECT count(*) FROM " + prefix + "revocation"))
                .isEqualTo(1_500);
    }
}
