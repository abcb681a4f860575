package io.tokenguard.jdbc;

import io.tokenguard.access.ConfigurationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Creates the tables, and brings them to this version. A version only adds what older nodes can ignore; what is no longer
 * used is removed by a later version, when no node uses it. So nodes of two versions can share the tables.
 *
 * @param tables their names
 * @param steps the statements that lead from each version to the next, the first from nothing
 */
record Schema(Tables tables, List<List<String>> steps) {
    /** The statements of version 1. */
    private static final List<String> FIRST = List.of(
            "CREATE TABLE IF NOT EXISTS {state} (name VARCHAR(32) NOT NULL PRIMARY KEY,"
                    + " number BIGINT NOT NULL, text VARCHAR(200) NOT NULL)",
            "CREATE TABLE IF NOT EXISTS {revocation} (position BIGINT NOT NULL PRIMARY KEY, kind VARCHAR(32) NOT NULL,"
                    + " target VARCHAR(64) NOT NULL, issued_before BIGINT, forget_at BIGINT NOT NULL, retained_from BIGINT)",
            "CREATE INDEX IF NOT EXISTS {revocation_target} ON {revocation} (target)",
            "CREATE INDEX IF NOT EXISTS {revocation_forget_at} ON {revocation} (forget_at)",
            "CREATE TABLE IF NOT EXISTS {proof} (proof VARCHAR(43) NOT NULL PRIMARY KEY, forget_at BIGINT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS {proof_forget_at} ON {proof} (forget_at)",
            "CREATE TABLE IF NOT EXISTS {received_token} (token VARCHAR(43) NOT NULL PRIMARY KEY,"
                    + " forget_at BIGINT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS {received_token_forget_at} ON {received_token} (forget_at)",
            "CREATE TABLE IF NOT EXISTS {schema_version} (id INTEGER NOT NULL PRIMARY KEY, version INTEGER NOT NULL,"
                    + " compatible_with INTEGER NOT NULL)");

    /** The sender may be missing: nodes of version 1 neither write nor read it. */
    private static final List<String> SECOND =
            List.of("ALTER TABLE {revocation} ADD COLUMN IF NOT EXISTS sender VARCHAR(43)");

    /** Not indexed by time: a row changes with each request, and an index would have to change with it. */
    private static final List<String> THIRD =
            List.of("CREATE TABLE IF NOT EXISTS {request} (bucket VARCHAR(43) NOT NULL PRIMARY KEY,"
                    + " held DOUBLE PRECISION NOT NULL, counted_at BIGINT NOT NULL, forget_at BIGINT NOT NULL)");

    private static final List<String> FOURTH = List.of(
            "CREATE TABLE IF NOT EXISTS {idempotent_write} (write_key VARCHAR(43) NOT NULL PRIMARY KEY,"
                    + " owner VARCHAR(32) NOT NULL, answer VARCHAR(1000000), forget_at BIGINT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS {idempotent_write_forget_at} ON {idempotent_write} (forget_at)");

    /** The oldest version that can still use the newest tables. */
    private static final int COMPATIBLE_WITH = 1;

    Schema(Tables tables) {
        this(tables, List.of(FIRST, SECOND, THIRD, FOURTH));
    }

    private record Version(int version, int compatibleWith) {}

    private int newest() {
        return steps.size();
    }

    /**
     * Creates missing tables. Many nodes may do so concurrently.
     *
     * @throws ConfigurationException if the user may not, or a newer version has made the tables unusable for this one
     * @throws SQLException if the database does not answer, or another node is creating the same
     */
    void ensure(JdbcSession session) throws SQLException {
        Optional<Version> found = version(session);
        if (found.isPresent()) {
            requireCompatible(found.get());
        }
        int version = found.map(Version::version).orElse(0);
        if (version < newest()) {
            create(session, version);
        }
    }

    private Optional<Version> version(JdbcSession session) throws SQLException {
        try {
            return session
                    .query(
                            tables.in("SELECT version, compatible_with FROM {schema_version} WHERE id = 1"),
                            row -> new Version(row.getInt(1), row.getInt(2)))
                    .stream()
                    .findFirst();
        } catch (SQLException failure) {
            if (Failure.of(failure) == Failure.TABLES_MISSING) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private void requireCompatible(Version found) {
        if (found.compatibleWith > newest()) {
            throw ConfigurationException.of(
                    tables.in("table {schema_version}"),
                    "version " + found.version + ", usable from version " + found.compatibleWith,
                    "this node knows versions up to " + newest()
                            + "; upgrade it, or set tokenguard.state.table-prefix to use other tables");
        }
    }

    private void create(JdbcSession session, int version) throws SQLException {
        List<String> statements = statements(version);
        try {
            for (String statement : statements) {
                session.execute(statement);
            }
            addRows(session, version);
        } catch (SQLException failure) {
            if (Failure.of(failure) == Failure.NOT_PERMITTED) {
                throw refused(version);
            }
            throw failure;
        }
    }

    private void addRows(JdbcSession session, int version) throws SQLException {
        for (String row : StateRows.NAMES) {
            session.insertNew(tables.in("INSERT INTO {state} (name, number, text) VALUES (?, 0, '')"), row);
        }
        session.insertNew(
                tables.in("INSERT INTO {schema_version} (id, version, compatible_with) VALUES (1, ?, ?)"),
                newest(),
                COMPATIBLE_WITH);
        session.update(
                tables.in("UPDATE {schema_version} SET version = ? WHERE id = 1 AND version = ?"), newest(), version);
    }

    /** The statements that lead from a version to the newest. */
    private List<String> statements(int version) {
        return steps.subList(version, newest()).stream()
                .flatMap(List::stream)
                .map(tables::in)
                .toList();
    }

    private ConfigurationException refused(int version) {
        return ConfigurationException.of(
                JdbcState.KEY,
                "(not shown)",
                "the database user may not create the tables; run these statements as their owner, and grant the user"
                        + " SELECT, INSERT, UPDATE and DELETE on the tables:\n" + script(version));
    }

    /** All statements that an administrator runs manually to upgrade from a version. */
    String script(int version) {
        List<String> script = new ArrayList<>(statements(version));
        if (version == 0) {
            StateRows.NAMES.forEach(name ->
                    script.add(tables.in("INSERT INTO {state} (name, number, text) VALUES ('" + name + "', 0, '')")));
            script.add(tables.in("INSERT INTO {schema_version} (id, version, compatible_with) VALUES (1, " + newest()
                    + ", " + COMPATIBLE_WITH + ")"));
        } else {
            script.add(tables.in("UPDATE {schema_version} SET version = " + newest() + " WHERE id = 1"));
        }
        return script.stream().map(statement -> statement + ";").collect(Collectors.joining("\n"));
    }
}
