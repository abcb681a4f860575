package io.tokenguard.jdbc;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Deletes expired rows, a thousand at a time, about once a minute and by one node at a time. Readers go by positions, which
 * are not used again. Used by one thread.
 */
final class Cleanup {
    /** How many rows one statement deletes. */
    static final int BATCH = 1_000;

    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Duration LEASE = Duration.ofMinutes(1);
    /** A lease that ends later was written by a clock that was wrong. */
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);

    /** For clocks that differ: a row is deleted late rather than early. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final String LEASE_ROW =
            "UPDATE {state} SET number = ? WHERE name = 'cleanup' AND (number < ? OR number > ?)";

    private static final List<String> DELETIONS = List.of(
            deletion("{proof}", "proof"),
            deletion("{received_token}", "token"),
            deletion("{revocation}", "position"),
            deletion("{request}", "bucket"),
            deletion("{idempotent_write}", "write_key"));

    private final Tables tables;
    private final Clock clock;
    private boolean isHolder;
    private long dueAt = System.nanoTime() + pause();

    Cleanup(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** Says twice what has expired: another transaction may have changed a row that was found. */
    private static String deletion(String table, String key) {
        return "DELETE FROM " + table + " WHERE forget_at < ? AND " + key + " IN (SELECT " + key + " FROM " + table
                + " WHERE forget_at < ? FETCH FIRST " + BATCH + " ROWS ONLY)";
    }

    private static long pause() {
        return ThreadLocalRandom.current().nextLong(BETWEEN.toNanos() / 2, BETWEEN.toNanos() * 3 / 2);
    }

    /** Deletes a batch of each table, if it is time and no other node does. */
    void step(JdbcSession session, HealthProbe probe) throws SQLException {
        if (System.nanoTime() - dueAt < 0) {
            return;
        }
        isHolder = isHolder || takesLease(session, probe.time());
        if (!isHolder || deleteBatch(session, probe.time()) < BATCH) {
            postpone();
        }
    }

    /** Tries again in about a minute. */
    void postpone() {
        isHolder = false;
        dueAt = System.nanoTime() + pause();
    }

    private boolean takesLease(JdbcSession session, Instant now) throws SQLException {
        return session.update(
                        tables.in(LEASE_ROW),
                        now.plus(LEASE).toEpochMilli(),
                        now.toEpochMilli(),
                        now.plus(LONGEST_LEASE).toEpochMilli())
                == 1;
    }

    /** Returns the most rows that one table lost. The earlier of both clocks counts: a wrong one deletes nothing early. */
    int deleteBatch(JdbcSession session, Instant databaseTime) throws SQLException {
        Instant here = clock.instant();
        Instant earlier = here.isBefore(databaseTime) ? here : databaseTime;
        int most = 0;
        for (String deletion : DELETIONS) {
            long end = earlier.minus(GRACE).toEpochMilli();
            most = Math.max(most, session.update(tables.in(deletion), end, end));
        }
        return most;
    }
}
