package io.tokenguard.jdbc;

import io.tokenguard.spi.ReplayStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * The proofs that were used on any node, one row each. Thread-safe; a call takes at most 50 ms, and returns at once while the
 * database is unreachable or has missed three answers in a row.
 */
final class JdbcReplayStore implements ReplayStore {
    /** How long a request waits for the database. */
    static final Duration LIMIT = Duration.ofMillis(50);

    /** Other nodes' clocks may be behind this one's. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final StateKeeper keeper;
    private final ProofTable table;
    private final Failures failures;

    JdbcReplayStore(StateKeeper keeper, ProofTable table, Failures failures) {
        this.keeper = keeper;
        this.table = table;
        this.failures = failures;
    }

    @Override
    public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
        int connection = keeper.connection();
        if (connection == StateKeeper.NO_CONNECTION || keeper.breaker().isOpen()) {
            return Use.UNKNOWN;
        }
        return madeAt.isBefore(keeper.epoch()) ? Use.REPEATED : ask(connection, proof, madeAt, forgetAt);
    }

    private Use ask(int connection, byte[] proof, Instant madeAt, Instant forgetAt) {
        long asked = System.nanoTime();
        try {
            boolean isFirst = table.take(proof, forgetAt.plus(GRACE).toEpochMilli(), LIMIT);
            keeper.breaker().reset();
            // A database that was unreachable in between, or began a new epoch, may have forgotten.
            boolean isDoubtful = keeper.connection() != connection || madeAt.isBefore(keeper.epoch());
            return isFirst && !isDoubtful ? Use.FIRST : Use.REPEATED;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Use.UNKNOWN;
        } catch (SQLException failure) {
            failures.begin(Failures.Concern.PROOFS, Failure.of(failure));
            keeper.breaker().missed(asked, System.nanoTime());
            return Use.UNKNOWN;
        }
    }

    @Override
    public Duration outOfReachFor() {
        boolean isInReach = keeper.connection() != StateKeeper.NO_CONNECTION
                && !keeper.breaker().isOpen();
        return isInReach ? Duration.ZERO : keeper.sinceGood();
    }
}
