package io.tokenguard.jdbc;

import io.tokenguard.access.Revocation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The revocations in the database, numbered in the order of their commits: each writer holds the lock of the position row
 * until it has committed, so a reader that has seen a number has seen all below it.
 *
 * @param tables the tables' names
 */
record RevocationTable(Tables tables) {
    /** The end of the year 9999. */
    static final Instant LATEST = Instant.ofEpochMilli(253_402_300_799_999L);

    /** How many rows are read at once. */
    static final int PAGE = 5_000;

    /** How many rows are written at once. */
    static final int BATCH = 1_000;

    private static final String SELECT =
            "SELECT position, kind, target, issued_before, forget_at, retained_from, sender FROM {revocation}"
                    + " WHERE position > ?"
                    + " ORDER BY position FETCH FIRST " + PAGE + " ROWS ONLY";

    /**
     * One statement, so that no transaction of a node that has stopped keeps the lock. Commits synchronously even if the
     * database's default is not to.
     */
    private static final String POSTGRESQL_INSERT = "WITH mode AS MATERIALIZED (SELECT set_config('synchronous_commit',"
            + " CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
            + " ELSE current_setting('synchronous_commit') END, true) AS chosen),"
            + " moved AS (UPDATE {state} SET number = number + ? WHERE name = 'revocation-position' RETURNING number)"
            + " INSERT INTO {revocation} (position, kind, target, issued_before, forget_at, retained_from, sender)"
            + " SELECT moved.number - ? + entry.place, entry.kind, entry.target, entry.issued_before, entry.forget_at,"
            + " entry.retained_from, entry.sender"
            + " FROM moved CROSS JOIN mode CROSS JOIN unnest(?::varchar[], ?::varchar[], ?::bigint[], ?::bigint[], ?::bigint[],"
            + " ?::varchar[])"
            + " WITH ORDINALITY AS entry (kind, target, issued_before, forget_at, retained_from, sender, place)"
            + " WHERE mode.chosen <> '' AND NOT EXISTS (SELECT 1 FROM {revocation} known"
            + " WHERE known.target = entry.target AND known.kind = entry.kind AND known.forget_at = entry.forget_at"
            + " AND known.issued_before IS NOT DISTINCT FROM entry.issued_before"
            + " AND known.retained_from IS NOT DISTINCT FROM entry.retained_from"
            + " AND known.sender IS NOT DISTINCT FROM entry.sender)";

    private static final String MOVE = "UPDATE {state} SET number = number + ? WHERE name = 'revocation-position'";
    private static final String MOVED = "SELECT number FROM {state} WHERE name = 'revocation-position'";
    private static final String INSERT =
            "INSERT INTO {revocation} (position, kind, target, issued_before, forget_at, retained_from, sender)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";

    /**
     * A row.
     *
     * @param position its number
     * @param revocation its content; empty if this version can't read it
     * @param forgetAt when it may be forgotten, in milliseconds since 1970
     */
    record Row(long position, Optional<Revocation> revocation, long forgetAt) {}

    /** The next rows after a position, at most {@link #PAGE}. */
    List<Row> after(JdbcSession session, long position) throws SQLException {
        return session.query(tables.in(SELECT), RevocationTable::read, position);
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(row.getLong(1), revocation(row), row.getLong(5));
    }

    private static Optional<Instant> moment(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(moment(millis));
    }

    /** A newer version may write kinds that this one does not know. */
    private static Optional<Revocation> revocation(ResultSet row) throws SQLException {
        try {
            Revocation.Kind kind = Revocation.Kind.valueOf(row.getString(2));
            return Optional.of(new Revocation(
                    kind,
                    row.getString(3),
                    moment(row, 4),
                    moment(row, 5),
                    moment(row, 6),
                    Revocation.Origin.sentBy(Optional.ofNullable(row.getString(7)))));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static Instant moment(long millis) {
        return Instant.ofEpochMilli(Math.max(0, Math.min(millis, LATEST.toEpochMilli())));
    }

    /** Writes revocations; they are committed when this returns. */
    void add(JdbcSession session, List<Revocation> batch) throws SQLException {
        if (session.dialect().isPostgresql()) {
            addAtOnce(session, batch);
            return;
        }
        session.inTransaction(() -> addOneByOne(session, batch));
        if (session.dialect() == Dialect.H2) {
            session.execute("CHECKPOINT SYNC");
        }
    }

    private void addAtOnce(JdbcSession session, List<Revocation> batch) throws SQLException {
        session.update(
                tables.in(POSTGRESQL_INSERT),
                batch.size(),
                batch.size(),
                session.array(
                        "varchar",
                        batch.stream().map(entry -> entry.kind().name()).toArray()),
                session.array("varchar", batch.stream().map(Revocation::target).toArray()),
                session.array(
                        "bigint",
                        batch.stream().map(RevocationTable::issuedBefore).toArray()),
                session.array(
                        "bigint", batch.stream().map(RevocationTable::forgetAt).toArray()),
                session.array(
                        "bigint",
                        batch.stream().map(RevocationTable::retainedFrom).toArray()),
                session.array(
                        "varchar",
                        batch.stream().map(entry -> entry.sender().orElse(null)).toArray()));
    }

    private int addOneByOne(JdbcSession session, List<Revocation> batch) throws SQLException {
        requireOne(session.update(tables.in(MOVE), batch.size()));
        long position = session.query(tables.in(MOVED), row -> row.getLong(1)).get(0) - batch.size();
        for (Revocation entry : batch) {
            position++;
            session.update(
                    tables.in(INSERT),
                    position,
                    entry.kind().name(),
                    entry.target(),
                    issuedBefore(entry),
                    forgetAt(entry),
                    retainedFrom(entry),
                    entry.sender().orElse(null));
        }
        return batch.size();
    }

    private static void requireOne(int rows) throws SQLException {
        if (rows != 1) {
            throw new SQLException("The position row is missing", "42P01");
        }
    }

    private static @Nullable Long issuedBefore(Revocation revocation) {
        return revocation.issuedBefore().map(Instant::toEpochMilli).orElse(null);
    }

    private static @Nullable Long retainedFrom(Revocation revocation) {
        return revocation.retainedFrom().map(Instant::toEpochMilli).orElse(null);
    }

    private static Long forgetAt(Revocation revocation) {
        return revocation.forgetAt().orElse(LATEST).toEpochMilli();
    }

    /** Rounded up to milliseconds, as in a row: revokes the same tokens, and is not forgotten early. */
    static Instant inMillis(Instant moment) {
        Instant bounded = moment.isAfter(LATEST) ? LATEST : moment.isBefore(Instant.EPOCH) ? Instant.EPOCH : moment;
        return Instant.ofEpochMilli(bounded.plusNanos(999_999).toEpochMilli());
    }
}
