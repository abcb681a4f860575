package io.tokenguard.jdbc;

import io.tokenguard.internal.store.LateProofs;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/** The used proofs in the database: of all that insert one, one succeeds. Requests at the same time share a transaction. */
final class ProofTable {
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_WAITING = 1_000;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final String POSTGRESQL_INSERT =
            "INSERT INTO {proof} (proof, forget_at) SELECT claim.proof, claim.forget_at"
                    + " FROM unnest(?::varchar[], ?::bigint[]) AS claim (proof, forget_at)"
                    + " ON CONFLICT DO NOTHING RETURNING proof";
    private static final String INSERT = "INSERT INTO {proof} (proof, forget_at) VALUES (?, ?)";

    private final Tables tables;
    private final RequestWorkers workers;
    private final BlockingQueue<Claim> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

    private final LateProofs late = new LateProofs();

    /**
     * A request for a proof.
     *
     * @param round the round of the late proofs when it was made
     */
    private record Claim(String proof, long forgetAt, CompletableFuture<Boolean> isFirst, int round) {}

    /**
     * The question whether a proof is unused.
     *
     * @param proof 32 bytes that identify it
     * @param forgetAt when its row may be deleted, in milliseconds since 1970
     * @param limit how long the answer is waited for
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once and never changed
    record Question(byte[] proof, long forgetAt, Duration limit) {}

    ProofTable(Tables tables, RequestWorkers workers) {
        this.tables = tables;
        this.workers = workers;
    }

    /**
     * Takes a proof.
     *
     * @return whether it was not taken before
     * @throws SQLException if that can't be known in time; it may be taken then
     */
    boolean take(Question question) throws SQLException, InterruptedException {
        Claim claim = new Claim(
                TEXT.encodeToString(question.proof()), question.forgetAt(), new CompletableFuture<>(), late.round());
        if (!waiting.offer(claim) || !workers.execute(this::work)) {
            throw new SQLException("Too many proofs wait for the database", "53300");
        }
        return RequestWorkers.await(claim.isFirst(), question.limit()) || late.take(claim.proof());
    }

    /** Records that a guard uses a proof without the database. Returns whether no other guard has used it meanwhile. */
    boolean useAlone(byte[] proof) {
        return late.useAlone(TEXT.encodeToString(proof));
    }

    private void work() {
        List<Claim> batch = new ArrayList<>();
        waiting.drainTo(batch, MOST_AT_ONCE);
        batch.removeIf(claim -> claim.isFirst().isDone());
        if (batch.isEmpty()) {
            return;
        }
        // All transactions take rows in the same order, so that none waits for one that waits for it.
        batch.sort(Comparator.comparing(Claim::proof));
        try {
            Set<String> first = workers.withSession(session -> insert(session, batch));
            // Of several uses in one batch, one is the first.
            batch.forEach(claim -> answer(claim, first.remove(claim.proof())));
        } catch (SQLException | RuntimeException failure) {
            batch.forEach(claim -> claim.isFirst().completeExceptionally(failure));
        }
    }

    private void answer(Claim claim, boolean isFirst) {
        boolean isAwaited = claim.isFirst().complete(isFirst);
        if (isFirst && !isAwaited) {
            late.stored(claim.proof(), claim.round());
        }
    }

    private Set<String> insert(JdbcSession session, List<Claim> batch) throws SQLException {
        if (session.dialect().isPostgresql()) {
            return new HashSet<>(session.query(
                    tables.in(POSTGRESQL_INSERT),
                    row -> row.getString(1),
                    session.array("varchar", batch.stream().map(Claim::proof).toArray()),
                    session.array("bigint", batch.stream().map(Claim::forgetAt).toArray())));
        }
        return session.inTransaction(() -> {
            Set<String> first = new HashSet<>();
            for (Claim claim : batch) {
                if (session.insertNew(tables.in(INSERT), claim.proof(), claim.forgetAt())) {
                    first.add(claim.proof());
                }
            }
            return first;
        });
    }
}
