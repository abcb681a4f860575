package io.tokenguard.internal.assembly;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.pipeline.BegunDecision;
import io.tokenguard.internal.pipeline.DecisionPipeline;
import io.tokenguard.internal.pipeline.RequirementSource;
import io.tokenguard.internal.waiting.WouldWaitException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes decisions without blocking the caller: at once if nothing has to be waited for, else on another thread. Thread-safe. The
 * guard's own threads and the decisions that wait for one are bounded.
 */
final class AsyncDecisions implements AutoCloseable {
    /** More than the 64 that may wait for an unknown key at the same time: anyone can cause those. */
    private static final int MOST_THREADS = 128;

    private static final int MOST_QUEUED = 2_000;
    private static final long IDLE_SECONDS = 30;

    private final Optional<ExecutorService> own;
    private final Executor executor;
    private volatile @Nullable Prepared prepared;

    private AsyncDecisions(Optional<ExecutorService> own, Executor executor) {
        this.own = own;
        this.executor = executor;
    }

    /**
     * Decisions on an executor.
     *
     * @param given the application's; empty for threads of the guard, which are started when they are needed
     */
    static AsyncDecisions on(Optional<Executor> given) {
        if (given.isPresent()) {
            return new AsyncDecisions(Optional.empty(), given.get());
        }
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MOST_THREADS,
                MOST_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_QUEUED),
                AsyncDecisions::thread);
        threads.allowCoreThreadTimeOut(true);
        return new AsyncDecisions(Optional.of(threads), threads);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tokenguard-decision");
        thread.setDaemon(true);
        return thread;
    }

    /** A configuration, and its pipeline for decisions that must not wait; empty if none can be made without waiting. */
    private record Prepared(AssembledGuard guard, Optional<DecisionPipeline> atOnce) {
        static Prepared of(AssembledGuard guard) {
            // A theft may revoke, which waits for a shared store.
            boolean mayRevoke = guard.pipeline().reporter().thefts().withdraws();
            return new Prepared(
                    guard,
                    mayRevoke ? Optional.empty() : Optional.of(guard.pipeline().withoutWaiting()));
        }
    }

    /**
     * Decides by one configuration.
     *
     * @return the decision; never completes with an exception, unless it is cancelled
     */
    CompletableFuture<Decision> decide(AssembledGuard guard, IncomingRequest request, RequirementSource rules) {
        BegunDecision begun = guard.pipeline().begin(request, rules);
        Optional<DecisionPipeline> atOnce = prepared(guard).atOnce();
        if (atOnce.isPresent()) {
            try {
                return CompletableFuture.completedFuture(atOnce.get().decide(begun));
            } catch (WouldWaitException wait) {
                return elsewhere(guard.pipeline(), begun);
            }
        }
        return elsewhere(guard.pipeline(), begun);
    }

    @SuppressWarnings("ReferenceEquality") // identity, not equality
    private Prepared prepared(AssembledGuard guard) {
        Prepared known = prepared;
        if (known == null || known.guard != guard) {
            known = Prepared.of(guard);
            prepared = known;
        }
        return known;
    }

    private CompletableFuture<Decision> elsewhere(DecisionPipeline pipeline, BegunDecision begun) {
        CompletableFuture<Decision> result = new CompletableFuture<>();
        try {
            executor.execute(() -> run(pipeline, begun, result));
        } catch (RejectedExecutionException full) {
            result.complete(pipeline.refuseWaiting(begun));
        }
        return result;
    }

    /** A decision that was cancelled meanwhile is not made: nobody would get it, and it could use up a proof. */
    private static void run(DecisionPipeline pipeline, BegunDecision begun, CompletableFuture<Decision> result) {
        if (!result.isDone()) {
            boolean unused = result.complete(pipeline.decide(begun));
        }
    }

    /** Ends the guard's own threads once they have made the decisions that they have. */
    @Override
    public void close() {
        own.ifPresent(ExecutorService::shutdown);
    }
}
