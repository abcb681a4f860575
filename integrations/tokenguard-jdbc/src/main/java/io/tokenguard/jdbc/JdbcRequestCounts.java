package io.tokenguard.jdbc;

import io.tokenguard.internal.store.FailureLog;
import io.tokenguard.spi.SharedState.RequestCountStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The requests of all nodes. Requests at the same time share a transaction; a node has one at a time, so that those of one
 * sender wait in this process rather than for the row. Thread-safe. A call returns at once while the database is unreachable
 * or does not answer.
 */
final class JdbcRequestCounts implements RequestCountStore {
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_WAITING = 1_000;

    private final StateKeeper keeper;
    private final RequestTable table;
    private final RequestWorkers workers;
    private final FailureLog<Concern> failures;
    private final BlockingQueue<Question> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean isWorking = new AtomicBoolean();

    private record Question(List<Bucket> buckets, CompletableFuture<List<Double>> held) {}

    JdbcRequestCounts(StateKeeper keeper, JdbcParts parts, RequestWorkers workers) {
        this.keeper = keeper;
        this.table = new RequestTable(parts.tables());
        this.workers = workers;
        this.failures = parts.failures();
    }

    @Override
    public Optional<List<Double>> count(List<Bucket> buckets, Duration limit) {
        keeper.requestsWait(limit);
        if (!keeper.answersRequests()) {
            return Optional.empty();
        }
        long asked = System.nanoTime();
        try {
            Question question = new Question(buckets, new CompletableFuture<>());
            if (!waiting.offer(question)) {
                throw new SQLException("Too many requests wait to be counted", "53300");
            }
            begin();
            List<Double> held = RequestWorkers.await(question.held(), limit);
            keeper.answered();
            failures.end(Concern.LIMITS);
            return Optional.of(held);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (SQLException failure) {
            failures.begin(Concern.LIMITS, Failure.of(failure));
            keeper.missed(asked);
            return Optional.empty();
        }
    }

    private void begin() throws SQLException {
        if (isWorking.compareAndSet(false, true) && !workers.execute(this::work)) {
            isWorking.set(false);
            throw new SQLException("Too many questions wait for the database", "53300");
        }
    }

    /** Counts one batch, then lets other work of the threads go first. */
    private void work() {
        List<Question> batch = new ArrayList<>();
        waiting.drainTo(batch, MOST_AT_ONCE);
        batch.removeIf(question -> question.held().isDone());
        try {
            if (!batch.isEmpty()) {
                answer(batch);
            }
        } finally {
            isWorking.set(false);
            goOn();
        }
    }

    private void goOn() {
        if (!waiting.isEmpty()) {
            try {
                begin();
            } catch (SQLException full) {
                // Those that wait go on when the next request comes, or end in time.
            }
        }
    }

    private void answer(List<Question> batch) {
        try {
            List<List<Double>> held = workers.withSession(session ->
                    table.count(session, batch.stream().map(Question::buckets).toList()));
            for (int i = 0; i < batch.size(); i++) {
                boolean unused = batch.get(i).held().complete(held.get(i));
            }
        } catch (SQLException | RuntimeException failure) {
            batch.forEach(question -> question.held().completeExceptionally(failure));
        }
    }
}
