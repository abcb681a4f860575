package io.tokenguard.jdbc;

import io.tokenguard.internal.store.FailureLog;
import io.tokenguard.spi.SharedState.WriteStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writes of all nodes, one row each, until they end. Thread-safe; a call takes at most a second, and returns at once while the
 * database is unreachable or does not answer.
 */
final class JdbcWriteStore implements WriteStore {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Tables tables;
    private final RequestWorkers workers;
    private final StateKeeper keeper;
    private final FailureLog<Concern> failures;

    JdbcWriteStore(JdbcParts parts, RequestWorkers workers, StateKeeper keeper) {
        this.tables = parts.tables();
        this.workers = workers;
        this.keeper = keeper;
        this.failures = parts.failures();
    }

    /**
     * A row.
     *
     * @param owner the attempt that wrote it
     * @param record null until the write is answered
     * @param forgetAt when another attempt may replace it
     */
    private record Row(String owner, @Nullable String record, long forgetAt) {}

    @Override
    public Claimed claim(Claim claim) {
        Claimed claimed = ask(session -> claim(session, claim));
        if (claimed == null) {
            // The row may be written later.
            boolean unused = workers.execute(() -> releaseLate(claim));
            return Claimed.of(State.UNKNOWN);
        }
        return claimed;
    }

    private Claimed claim(JdbcSession session, Claim claim) throws SQLException {
        Optional<Row> known = find(session, claim.key());
        if (known.isEmpty()) {
            return Claimed.of(insert(session, claim, null, claim.until()) ? State.FIRST : State.RUNNING);
        }
        Row row = known.get();
        if (row.forgetAt() <= claim.now().toEpochMilli()) {
            return Claimed.of(replace(session, claim, row) ? State.FIRST : State.RUNNING);
        }
        return row.record() == null ? Claimed.of(State.RUNNING) : new Claimed(State.DONE, row.record());
    }

    private Optional<Row> find(JdbcSession session, String key) throws SQLException {
        String select = tables.in("SELECT owner, answer, forget_at FROM {idempotent_write} WHERE write_key = ?");
        return session.query(select, row -> new Row(row.getString(1), row.getString(2), row.getLong(3)), key).stream()
                .findFirst();
    }

    private boolean insert(JdbcSession session, Claim claim, @Nullable String record, Instant end) throws SQLException {
        String insert =
                tables.in("INSERT INTO {idempotent_write} (write_key, owner, answer, forget_at) VALUES (?, ?, ?, ?)");
        return session.insertNew(insert, claim.key(), claim.owner(), record, end.toEpochMilli());
    }

    private boolean replace(JdbcSession session, Claim claim, Row row) throws SQLException {
        String update = tables.in("UPDATE {idempotent_write} SET owner = ?, answer = NULL, forget_at = ?"
                + " WHERE write_key = ? AND owner = ? AND forget_at = ?");
        return session.update(
                        update, claim.owner(), claim.until().toEpochMilli(), claim.key(), row.owner(), row.forgetAt())
                == 1;
    }

    @Override
    public boolean finish(Claim claim, String record, Instant forgetAt) {
        Boolean stored = ask(session -> session.update(
                                tables.in(JdbcWrites.FINISH),
                                record,
                                forgetAt.toEpochMilli(),
                                claim.key(),
                                claim.owner())
                        == 1
                || insert(session, claim, record, forgetAt));
        return Boolean.TRUE.equals(stored);
    }

    @Override
    public void release(Claim claim) {
        Integer unused = ask(session -> delete(session, claim));
    }

    private int delete(JdbcSession session, Claim claim) throws SQLException {
        String delete =
                tables.in("DELETE FROM {idempotent_write} WHERE write_key = ? AND owner = ? AND answer IS NULL");
        return session.update(delete, claim.key(), claim.owner());
    }

    private void releaseLate(Claim claim) {
        try {
            int unused = workers.withSession(session -> delete(session, claim));
        } catch (SQLException failure) {
            failures.begin(Concern.WRITES, Failure.of(failure));
        }
    }

    /** The answer; null if there is none in time. */
    private <T> @Nullable T ask(RequestWorkers.Work<T> question) {
        if (!keeper.answersRequests()) {
            return null;
        }
        long asked = System.nanoTime();
        try {
            T answer = workers.ask(question, LIMIT);
            keeper.answered();
            failures.end(Concern.WRITES);
            return answer;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } catch (SQLException failure) {
            failures.begin(Concern.WRITES, Failure.of(failure));
            keeper.missed(asked);
            return null;
        }
    }
}
