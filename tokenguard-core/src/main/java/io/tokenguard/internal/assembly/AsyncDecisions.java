package io.tokenguard.internal.assembly;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.pipeline.BegunDecision;
import io.tokenguard.internal.pipeline.DecisionPipeline;
import io.tokenguard.internal.pipeline.RequirementSource;
import io.tokenguard.internal.waiting.WouldWaitException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes decisions without blocking the caller: at once if nothing has to be waited for, else on another thread. Thread-safe. The
 * guard's own threads and the decisions that wait for one are bounded.
 */
final class AsyncDecisions implements AutoCloseable {
    /** For tokens that were verified or active recently, and as many for others: anyone can make up those. */
    private static final int MOST_THREADS = 64;

    private static final int MOST_QUEUED = 1_000;
    private static final long IDLE_SECONDS = 30;

    private final Executor forProven;
    private final Executor forOthers;
    private final List<ExecutorService> own;
    private volatile @Nullable Prepared prepared;

    private AsyncDecisions(Executor forProven, Executor forOthers, List<ExecutorService> own) {
        this.forProven = forProven;
        this.forOthers = forOthers;
        this.own = own;
    }

    /**
     * Decisions on an executor.
     *
     * @param given the application's; empty for threads of the guard, which are started when they are needed
     */
    static AsyncDecisions on(Optional<Executor> given) {
        if (given.isPresent()) {
            return new AsyncDecisions(given.get(), given.get(), List.of());
        }
        ExecutorService proven = threads();
        ExecutorService others = threads();
        return new AsyncDecisions(proven, others, List.of(proven, others));
    }

    private static ExecutorService threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MOST_THREADS,
                MOST_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_QUEUED),
                AsyncDecisions::thread);
        threads.allowCoreThreadTimeOut(true);
        return threads;
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
            boolean mayRevoke = guard.pipeline().reporter().thefts().mayRevoke();
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
                return elsewhere(guard.pipeline(), begun, wait.isProven() ? forProven : forOthers);
            }
        }
        return elsewhere(guard.pipeline(), begun, forOthers);
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

    private CompletableFuture<Decision> elsewhere(DecisionPipeline pipeline, BegunDecision begun, Executor executor) {
        CompletableFuture<Decision> result = new CompletableFuture<>();
        try {
            executor.execute(() -> run(pipeline, begun, result));
        } catch (RuntimeException full) {
            result.complete(pipeline.refuseWaiting(begun));
        }
        return result;
    }

    /** A decision that was cancelled meanwhile is not made: nobody would get it, and it could use up a proof. */
    private static void run(DecisionPipeline pipeline, BegunDecision begun, CompletableFuture<Decision> result) {
        if (result.isDone()) {
            pipeline.abandon(begun);
        } else {
            boolean unused = result.complete(decided(pipeline, begun));
        }
    }

    /** A caller that waits for the result must get one, whatever fails. */
    private static Decision decided(DecisionPipeline pipeline, BegunDecision begun) {
        try {
            return pipeline.decide(begun);
        } catch (RuntimeException | Error failure) {
            return pipeline.fail(begun, failure);
        }
    }

    /** Ends the guard's own threads once they have made the decisions that they have. */
    @Override
    public void close() {
        own.forEach(ExecutorService::shutdown);
    }
}
