package io.tokenguard.jdbc;

import io.tokenguard.internal.store.FailureLog;
import io.tokenguard.spi.ReplayStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * The proofs that were used on any node, one row each. Thread-safe. A call waits for a limited time, 250 ms by default, and
 * returns at once while the database is unreachable or does not answer.
 */
final class JdbcReplayStore implements ReplayStore {
    /** How long a request waits for the database if the guard sets no limit. */
    static final Duration USUAL_LIMIT = Duration.ofMillis(250);

    /** Other nodes' clocks may be behind this one's. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final StateKeeper keeper;
    private final ProofTable table;
    private final FailureLog<Concern> failures;

    JdbcReplayStore(StateKeeper keeper, ProofTable table, FailureLog<Concern> failures) {
        this.keeper = keeper;
        this.table = table;
        this.failures = failures;
    }

    @Override
    public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
        return use(proof, madeAt, forgetAt, USUAL_LIMIT);
    }

    @Override
    public Use use(byte[] proof, Instant madeAt, Instant forgetAt, Duration limit) {
        keeper.requestsWait(limit);
        int connection = keeper.connection();
        if (connection == StateKeeper.NO_CONNECTION || !keeper.answersRequests()) {
            return Use.UNKNOWN;
        }
        if (keeper.mayHaveLost(madeAt)) {
            return Use.REPEATED;
        }
        ProofTable.Question question =
                new ProofTable.Question(proof, forgetAt.plus(GRACE).toEpochMilli(), limit);
        return ask(connection, question, madeAt);
    }

    private Use ask(int connection, ProofTable.Question question, Instant madeAt) {
        long asked = System.nanoTime();
        try {
            boolean isFirst = table.take(question);
            keeper.answered();
            // A database that was unreachable in between, or began a new epoch, may have forgotten.
            boolean isDoubtful = keeper.connection() != connection || keeper.mayHaveLost(madeAt);
            return isFirst && !isDoubtful ? Use.FIRST : Use.REPEATED;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Use.UNKNOWN;
        } catch (SQLException failure) {
            failures.begin(Concern.PROOFS, Failure.of(failure));
            keeper.missed(asked);
            return Use.UNKNOWN;
        }
    }

    @Override
    public boolean useAlone(byte[] proof) {
        return table.useAlone(proof);
    }

    @Override
    public Duration outOfReachFor() {
        return keeper.answersRequests() ? Duration.ZERO : keeper.sinceGood();
    }

    @Override
    public Instant knownSince() {
        return keeper.lostUntil();
    }
}
