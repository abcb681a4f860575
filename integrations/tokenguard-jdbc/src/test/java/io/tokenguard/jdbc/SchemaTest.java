package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Revocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of this version, of the next, and of those that can't be used. */
class SchemaTest {
    private static final String DATABASES = "io.tokenguard.jdbc.Databases#all";
    private final String prefix = TestDatabase.prefix();

    private JdbcState open(TestDatabase database, Schema schema) {
        return JdbcState.open(database.dataSource()::getConnection, schema, Node.terms());
    }

    private Schema next() {
        Schema current = new Schema(new Tables(prefix));
        return new Schema(
                current.tables(),
                Stream.concat(
                                current.steps().stream(),
                                Stream.of(List.of("ALTER TABLE {revocation} ADD COLUMN reason VARCHAR(20)")))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void isCreatedOnceByManyNodesAtTheSameTime(TestDatabase database) {
        List<JdbcState> states = IntStream.range(0, 4)
                .parallel()
                .mapToObj(number -> open(database, new Schema(new Tables(prefix))))
                .toList();
        states.forEach(JdbcState::close);
        assertThat(database.number("SELECT version FROM " + prefix + "schema_version"))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void isBroughtToTheNextVersionWhileNodesOfThisOneUseIt(TestDatabase database) {
        try (Node older = new Node(database, prefix);
                Node newer = new Node(open(database, next()))) {
            assertThat(database.number("SELECT version FROM " + prefix + "schema_version"))
                    .isEqualTo(5);
            Revocation fromOlder = Node.revocation("older");
            Revocation fromNewer = Node.revocation("newer");
            assertThat(older.publish(fromOlder)).isTrue();
            assertThat(newer.publish(fromNewer)).isTrue();
            await().until(() -> older.seen().containsAll(List.of(fromOlder, fromNewer))
                    && newer.seen().containsAll(List.of(fromOlder, fromNewer)));
            try (Node another = new Node(database, prefix)) {
                assertThat(another.seen()).contains(fromOlder, fromNewer);
            }
        }
    }

    /** The first version's tables, and what it reads and writes. */
    @ParameterizedTest
    @MethodSource(DATABASES)
    void sharesItsTablesWithNodesThatDoNotKnowSenders(TestDatabase database) {
        Schema current = new Schema(new Tables(prefix));
        new Node(open(
                        database,
                        new Schema(current.tables(), List.of(current.steps().get(0)))))
                .close();
        Revocation old = Node.revocation("old");
        Revocation sent = Node.revocation("sent").sentBy("https://issuer.example.com");
        String table = prefix + "revocation";
        try (Node node = new Node(database, prefix)) {
            database.execute(
                    "UPDATE " + prefix + "state SET number = number + 1 WHERE name = 'revocation-position'",
                    "INSERT INTO " + table + " (position, kind, target, issued_before, forget_at, retained_from)"
                            + " SELECT number, '" + old.kind() + "', '" + old.target() + "', NULL, 253402300799999,"
                            + " NULL FROM " + prefix + "state WHERE name = 'revocation-position'");
            assertThat(node.publish(sent)).isTrue();
            await().until(() -> node.seen().contains(sent)
                    && node.seen().stream()
                            .anyMatch(seen -> seen.target().equals(old.target())
                                    && seen.sender().isEmpty()));
            assertThat(database.number("SELECT COUNT(*) FROM (SELECT position, kind, target, issued_before, forget_at,"
                            + " retained_from FROM " + table + " WHERE position > 0) AS known"))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void isRefusedIfANewerVersionMadeItUnusable(TestDatabase database) {
        new Node(database, prefix).close();
        database.execute("UPDATE " + prefix + "schema_version SET version = 9, compatible_with = 8");
        assertThatThrownBy(() -> new Node(database, prefix))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("version 9, usable from version 8")
                .hasMessageContaining("upgrade it");
    }

    @ParameterizedTest
    @MethodSource(DATABASES)
    void mayHoldKindsThatThisVersionDoesNotKnow(TestDatabase database) {
        try (Node node = new Node(database, prefix)) {
            Revocation known = Node.revocation("known");
            database.execute(
                    "UPDATE " + prefix + "state SET number = number + 1 WHERE name = 'revocation-position'",
                    "INSERT INTO " + prefix
                            + "revocation (position, kind, target, issued_before, forget_at) SELECT number,"
                            + " 'DEVICE', 'x', NULL, 253402300799999 FROM " + prefix
                            + "state WHERE name = 'revocation-position'");
            assertThat(node.publish(known)).isTrue();
            await().until(() -> node.seen().contains(known));
            assertThat(node.state().revocations().trouble()).get().asString().contains("upgrade this node");
            assertThat(node.state().revocations().sinceSync()).isPresent();
        }
    }

    @Test
    void isPrintedForAnAdministratorIfTheUserMayNotCreateIt() {
        LocalPostgres database = Databases.postgres();
        String user = prefix + "user";
        database.execute("CREATE ROLE " + user + " LOGIN PASSWORD 'hidden'");
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class,
                () -> JdbcState.open(
                        database.dataSource(user, "hidden")::getConnection, new Tables(prefix), Node.terms()));
        assertThat(refusal)
                .hasMessageContaining("tokenguard.state.jdbc-uri")
                .hasMessageContaining("CREATE TABLE IF NOT EXISTS " + prefix + "revocation")
                .hasMessageNotContaining("hidden");
        String message = refusal.getMessage();
        database.execute(message.substring(message.indexOf("CREATE")).split(";\n?"));
        for (String table : List.of(
                "state", "revocation", "proof", "received_token", "request", "idempotent_write", "schema_version")) {
            database.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON " + prefix + table + " TO " + user);
        }
        try (Node node = new Node(
                JdbcState.open(database.dataSource(user, "hidden")::getConnection, new Tables(prefix), Node.terms()))) {
            assertThat(node.publish(Node.revocation("granted"))).isTrue();
            assertThat(node.state().revocations().trouble()).isEmpty();
        }
    }

    @Test
    void standsInTheDocumentation() throws Exception {
        String script = new Schema(new Tables(Tables.USUAL_PREFIX)).script(0);
        assertThat(Files.readString(Path.of("../../docs/state.md"))).contains(script);
    }
}
