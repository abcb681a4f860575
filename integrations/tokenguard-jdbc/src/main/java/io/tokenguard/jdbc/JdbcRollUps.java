package io.tokenguard.jdbc;

import io.tokenguard.spi.SharedState.RollUp;
import io.tokenguard.spi.SharedState.RollUpStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Counts over time: a row for each writer and time slot. The table is created when it is first used, so that only nodes with a
 * console need it. Each call opens a connection of its own, and takes none from requests. Thread-safe.
 */
final class JdbcRollUps implements RollUpStore {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
    private static final int MOST_DELETED = 1_000;
    static final List<String> CREATION = List.of(
            "CREATE TABLE IF NOT EXISTS {roll_up} (span VARCHAR(16) NOT NULL, slot BIGINT NOT NULL,"
                    + " writer VARCHAR(32) NOT NULL, counts VARCHAR(16000) NOT NULL, forget_at BIGINT NOT NULL,"
                    + " PRIMARY KEY (span, slot, writer))",
            "CREATE INDEX IF NOT EXISTS {roll_up_forget_at} ON {roll_up} (forget_at)");
    private static final String EXISTS = "SELECT 1 FROM {roll_up} WHERE forget_at < 0";
    private static final String UPDATE =
            "UPDATE {roll_up} SET counts = ?, forget_at = ? WHERE span = ? AND slot = ? AND writer = ?";
    private static final String INSERT =
            "INSERT INTO {roll_up} (span, slot, writer, counts, forget_at) VALUES (?, ?, ?, ?, ?)";
    private static final String SELECT =
            "SELECT slot, writer, counts, forget_at FROM {roll_up} WHERE span = ? AND slot >= ? AND slot < ?";
    private static final String DELETE = "DELETE FROM {roll_up} WHERE (span, slot, writer) IN"
            + " (SELECT span, slot, writer FROM {roll_up} WHERE forget_at < ? FETCH FIRST " + MOST_DELETED
            + " ROWS ONLY)";

    private final JdbcParts parts;
    private final StateKeeper keeper;
    private volatile boolean isCreated;

    JdbcRollUps(JdbcParts parts, StateKeeper keeper) {
        this.parts = parts;
        this.keeper = keeper;
    }

    @Override
    public boolean put(List<RollUp> rollUps) {
        return asked(session -> session.inTransaction(() -> {
                    for (RollUp rollUp : rollUps) {
                        put(session, rollUp);
                    }
                    return session.update(
                            parts.tables().in(DELETE), parts.clock().instant().toEpochMilli());
                }))
                .isPresent();
    }

    private void put(JdbcSession session, RollUp rollUp) throws SQLException {
        long end = rollUp.forgetAt().toEpochMilli();
        int changed = session.update(
                parts.tables().in(UPDATE), rollUp.counts(), end, rollUp.span(), rollUp.slot(), rollUp.writer());
        if (changed == 0) {
            int unused = session.update(
                    parts.tables().in(INSERT), rollUp.span(), rollUp.slot(), rollUp.writer(), rollUp.counts(), end);
        }
    }

    @Override
    public Optional<List<RollUp>> read(String span, long from, long until) {
        return asked(session -> session.query(
                parts.tables().in(SELECT),
                row -> new RollUp(
                        span, row.getLong(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4))),
                span,
                from,
                until));
    }

    private <T> Optional<T> asked(RequestWorkers.Work<T> work) {
        if (keeper.connection() == StateKeeper.NO_CONNECTION) {
            return Optional.empty();
        }
        try (JdbcSession session = JdbcSession.open(parts.source(), ANSWER_LIMIT)) {
            if (!create(session)) {
                return Optional.empty();
            }
            T result = work.run(session);
            parts.failures().end(Concern.ROLL_UPS);
            return Optional.of(result);
        } catch (SQLException failure) {
            parts.failures().begin(Concern.ROLL_UPS, Failure.of(failure));
            return Optional.empty();
        }
    }

    /** Returns false if the table is missing and the user may not create it. */
    private boolean create(JdbcSession session) throws SQLException {
        if (isCreated || exists(session)) {
            isCreated = true;
            return true;
        }
        try {
            for (String statement : CREATION) {
                session.execute(parts.tables().in(statement));
            }
            isCreated = true;
        } catch (SQLException failure) {
            if (Failure.of(failure) != Failure.NOT_PERMITTED) {
                throw failure;
            }
            parts.failures().begin(Concern.ROLL_UPS, Failure.ROLL_UPS_NOT_CREATED);
        }
        return isCreated;
    }

    private boolean exists(JdbcSession session) throws SQLException {
        try {
            List<Integer> unused = session.query(parts.tables().in(EXISTS), row -> row.getInt(1));
            return true;
        } catch (SQLException failure) {
            if (Failure.of(failure) == Failure.TABLES_MISSING) {
                return false;
            }
            throw failure;
        }
    }
}
