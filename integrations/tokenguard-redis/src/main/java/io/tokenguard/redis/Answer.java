package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for answers, for a limited time. A wait has ten parts, and a pause of this process (a garbage collection, no processor)
 * takes one of them, however long it is: the server is not to blame for it, and its answer may have arrived meanwhile.
 */
final class Answer {
    /** The limit of calls that no request waits for. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final int PARTS = 10;

    private Answer() {}

    /**
     * The server's answer; null if it is nil.
     *
     * @throws RedisException if there is none in time, or it is an error
     */
    static <T> @Nullable T of(CompletionStage<T> stage) throws InterruptedException {
        return within(PATIENCE, stage);
    }

    /**
     * The server's answer within a limit; null if it is nil.
     *
     * @throws RedisException if there is none in time, or it is an error
     */
    static <T> @Nullable T within(Duration limit, CompletionStage<T> stage) throws InterruptedException {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (!isCompleted(future, limit)) {
            future.cancel(true);
            throw new RedisException(new TimeoutException());
        }
        try {
            return future.get();
        } catch (ExecutionException refused) {
            throw new RedisException(refused.getCause());
        }
    }

    /** Waits until all have completed, or for the limit. */
    static void await(Collection<? extends CompletionStage<?>> stages) throws InterruptedException {
        CompletableFuture<?>[] futures =
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new);
        boolean unused = isCompleted(CompletableFuture.allOf(futures), PATIENCE);
    }

    private static boolean isCompleted(CompletableFuture<?> future, Duration limit) throws InterruptedException {
        for (int part = 0; part < PARTS && !future.isDone(); part++) {
            try {
                Object unused = future.get(limit.toNanos() / PARTS, TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException later) {
                // The caller reads the failure, or the next part begins.
            }
        }
        return future.isDone();
    }

    /** Why there is no answer; null if there is one. */
    static @Nullable Failure trouble(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        if (!future.isDone()) {
            return Failure.SLOW;
        }
        @Nullable Throwable failure = future.handle((answer, thrown) -> thrown).join();
        return failure == null ? null : Failure.of(failure);
    }
}
