package io.tokenguard.jdbc;

import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.SharedState.Terms;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * The proofs that were used on any node, one row each. What is used here is remembered here too, so that no fault of the
 * database makes a proof good twice on one node. Thread-safe; a call takes 50 ms at most, and none of it after the database
 * has missed three in a row.
 */
final class JdbcReplayStore implements ReplayStore {
    /** How long a request waits for the database. */
    static final Duration LIMIT = Duration.ofMillis(50);

    /** Other nodes' clocks may be behind this one's. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final StateKeeper keeper;
    private final ProofTable table;
    private final Failures failures;
    private final Terms terms;
    private final UsedProofs memory;
    private final Instant start;

    JdbcReplayStore(StateKeeper keeper, ProofTable table, Failures failures, Terms terms, UsedProofs memory) {
        this.keeper = keeper;
        this.table = table;
        this.failures = failures;
        this.terms = terms;
        this.memory = memory;
        this.start = terms.clock().instant();
    }

    @Override
    public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
        int connection = keeper.connection();
        if (connection == StateKeeper.NO_CONNECTION || keeper.breaker().isOpen()) {
            return useAlone(proof, madeAt, forgetAt);
        }
        if (madeAt.isBefore(keeper.epoch())) {
            return Use.REPEATED;
        }
        Use here = memory.use(proof, forgetAt);
        return here == Use.FIRST ? ask(connection, proof, madeAt, forgetAt) : here;
    }

    private Use ask(int connection, byte[] proof, Instant madeAt, Instant forgetAt) {
        long asked = System.nanoTime();
        try {
            boolean isFirst = table.take(proof, forgetAt.plus(GRACE).toEpochMilli(), LIMIT);
            keeper.breaker().reset();
            // A database that was out of reach in between, or began a new epoch, may have forgotten.
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

    /** A proof that is older than this process may have been used here before it was started again. */
    private Use useAlone(byte[] proof, Instant madeAt, Instant forgetAt) {
        if (!terms.judgesAlone() || keeper.sinceGood().compareTo(terms.outageAfter()) < 0) {
            return Use.UNKNOWN;
        }
        if (madeAt.isBefore(start)) {
            return Use.REPEATED;
        }
        failures.judgedAlone();
        return memory.use(proof, forgetAt);
    }
}
