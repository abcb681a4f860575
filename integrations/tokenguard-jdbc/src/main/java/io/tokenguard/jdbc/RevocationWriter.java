package io.tokenguard.jdbc;

import io.tokenguard.access.Revocation;
import io.tokenguard.internal.store.FailureLog;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes revocations that wait, in batches. Where the database rejects a batch, halves of it are tried, down to the row that
 * it rejects: the others do not wait for that one. Used by one thread.
 */
final class RevocationWriter {
    /** How many rows may be rejected in one go: each costs up to twenty statements. */
    private static final int MOST_REJECTED = 10;

    private final RevocationTable table;
    private final WriteBackLog log;
    private final FailureLog<Concern> failures;
    private int rejected;

    RevocationWriter(JdbcParts parts) {
        this.table = new RevocationTable(parts.tables());
        this.log = parts.log();
        this.failures = parts.failures();
    }

    /** Writes pending entries until the database accepts no writes or has rejected many rows. */
    void write(JdbcSession session) {
        rejected = 0;
        try {
            List<Revocation> batch = log.next(RevocationTable.BATCH);
            while (!batch.isEmpty() && rejected < MOST_REJECTED) {
                write(session, batch);
                batch = log.next(RevocationTable.BATCH);
            }
            log.failing(false);
            if (log.hasRejected()) {
                failures.begin(Concern.PUBLISHING, Failure.ROW_REJECTED);
            } else {
                failures.end(Concern.PUBLISHING);
            }
        } catch (SQLException failure) {
            log.failing(true);
            failures.begin(Concern.PUBLISHING, Failure.of(failure));
        }
    }

    private void write(JdbcSession session, List<Revocation> batch) throws SQLException {
        if (rejected >= MOST_REJECTED) {
            return;
        }
        try {
            table.add(session, batch);
            log.stored(batch);
        } catch (SQLException refused) {
            if (!Failure.of(refused).mayBeOfRow()) {
                throw refused;
            }
            writeParts(session, batch);
        }
    }

    private void writeParts(JdbcSession session, List<Revocation> batch) throws SQLException {
        int half = batch.size() / 2;
        if (half == 0) {
            rejected++;
            log.rejected(batch.get(0));
        } else {
            write(session, batch.subList(0, half));
            write(session, batch.subList(half, batch.size()));
        }
    }
}
