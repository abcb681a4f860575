package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.spi.SharedState.RollUp;
import io.tokenguard.spi.SharedState.RollUpStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts of the console in a database. */
class JdbcRollUpsTest {
    private static final String DATABASES = "io.tokenguard.jdbc.Databases#all";
    private final String prefix = TestDatabase.prefix();

    private JdbcState open(TestDatabase database) {
        return JdbcState.open(database.dataSource()::getConnection, new Schema(new Tables(prefix)), Node.terms());
    }

    private static RollUp rollUp(long slot, String writer, String counts) {
        return new RollUp("minutes", slot, writer, counts, Instant.ofEpochMilli(4_000_000_000_000L));
    }

    private static RollUpStore of(JdbcState state) {
        return state.rollUps().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void whatEachWriterStoresIsReadByAll(TestDatabase database) {
        RollUp early = rollUp(10, "one", "a=1");
        RollUp late = rollUp(11, "one", "a=2");
        RollUp other = rollUp(11, "other", "a=3");
        try (JdbcState one = open(database);
                JdbcState another = open(database)) {
            assertThat(of(one).put(List.of(early, late))).isTrue();
            assertThat(of(another).put(List.of(other))).isTrue();
            assertThat(of(another).read("minutes", 10, 12).orElseThrow()).containsExactlyInAnyOrder(early, late, other);
            assertThat(of(one).read("minutes", 11, 12).orElseThrow()).containsExactlyInAnyOrder(late, other);
            assertThat(of(one).read("hours", 0, 100).orElseThrow()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void aWriterReplacesItsOwn(TestDatabase database) {
        try (JdbcState state = open(database)) {
            assertThat(of(state).put(List.of(rollUp(10, "one", "a=1")))).isTrue();
            RollUp grown = rollUp(10, "one", "x".repeat(16_000));
            assertThat(of(state).put(List.of(grown))).isTrue();
            assertThat(of(state).read("minutes", 10, 11).orElseThrow()).containsExactly(grown);
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void allOfThemAreStoredOrNone(TestDatabase database) {
        try (JdbcState state = open(database)) {
            RollUp tooLong = rollUp(11, "one", "x".repeat(16_001));
            assertThat(of(state).put(List.of(rollUp(10, "one", "a=1"), tooLong)))
                    .isFalse();
            assertThat(of(state).read("minutes", 10, 12).orElseThrow()).isEmpty();
            assertThat(state.revocations().trouble()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void expiredOnesAreDeleted(TestDatabase database) {
        try (JdbcState state = open(database)) {
            RollUp expired =
                    new RollUp("minutes", 10, "one", "a=1", Instant.now().minusSeconds(1));
            RollUp kept = rollUp(11, "one", "a=1");
            assertThat(of(state).put(List.of(expired, kept))).isTrue();
            assertThat(of(state).read("minutes", 10, 12).orElseThrow()).containsExactly(kept);
        }
    }

    @Test
    void aUserWhoMayNotCreateTheTableStoresNothingAndDecisionsGoOn() {
        LocalPostgres database = Databases.postgres();
        try (JdbcState owner = open(database)) {
            String user = prefix + "user";
            database.execute(
                    "CREATE ROLE " + user,
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + user,
                    "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
            try (JdbcState state = JdbcState.open(
                    () -> {
                        var connection = database.dataSource().getConnection();
                        try (var statement = connection.createStatement()) {
                            statement.execute("SET ROLE " + user);
                        }
                        return connection;
                    },
                    new Schema(new Tables(prefix)),
                    Node.terms())) {
                assertThat(of(state).put(List.of(rollUp(10, "one", "a=1")))).isFalse();
                assertThat(of(state).read("minutes", 0, 100)).isEmpty();
                assertThat(state.revocations().trouble()).isEmpty();
                assertThat(of(owner).put(List.of())).isTrue();
                database.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON " + prefix + "roll_up TO " + user);
                assertThat(of(state).put(List.of(rollUp(10, "one", "a=1")))).isTrue();
            }
        }
    }

    @Test
    void theStatementsForTheOwnerAreDocumented() throws Exception {
        String page =
                Files.readString(Path.of("..", "..", "docs", "console.md")).replaceAll("\\s+", " ");
        assertThat(Stream.of(JdbcRollUps.CREATION.toArray(String[]::new))
                        .map(statement -> new Tables(Tables.USUAL_PREFIX).in(statement)))
                .allSatisfy(statement -> assertThat(page).contains(statement + ";"));
    }
}
