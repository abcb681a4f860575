package io.tokenguard.internal.introspection;

import io.tokenguard.access.RefusedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A call about one token, and the requests that wait for it. Thread-safe. */
final class PendingCall {
    private static final int ABANDONED = Integer.MIN_VALUE;

    private final CompletableFuture<IntrospectionResult> result = new CompletableFuture<>();
    private final AtomicInteger waiters = new AtomicInteger(1);
    private final TokenHash hash;
    private final String token;
    private final boolean isActive;

    /** A call that one request waits for. */
    PendingCall(TokenHash hash, String token, boolean isActive) {
        this.hash = hash;
        this.token = token;
        this.isActive = isActive;
    }

    TokenHash hash() {
        return hash;
    }

    String token() {
        return token;
    }

    /** Whether the token was recently active. */
    boolean isActive() {
        return isActive;
    }

    /** Adds a request that waits; false if the call has ended or was abandoned, and another one is needed. */
    boolean join() {
        return !result.isDone() && waiters.getAndUpdate(count -> count == ABANDONED ? count : count + 1) != ABANDONED;
    }

    /** Removes a request that waits. Returns whether it was the last. */
    boolean leave() {
        return waiters.decrementAndGet() == 0;
    }

    /** Abandons a call that no request waits for; false if one does. */
    boolean abandon() {
        return waiters.compareAndSet(0, ABANDONED);
    }

    CompletableFuture<IntrospectionResult> result() {
        return result;
    }

    void end(@Nullable IntrospectionResult answer, @Nullable Throwable failure) {
        if (failure == null) {
            result.complete(answer);
        } else {
            result.completeExceptionally(failure);
        }
    }

    /** Waits for the result, at most for this time. */
    IntrospectionResult await(Duration longest) throws RefusedException {
        try {
            return result.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException notInTime) {
            throw IntrospectionCall.unavailable("no answer in time");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw IntrospectionCall.unavailable("interrupted");
        } catch (ExecutionException failure) {
            throw refusalIn(failure.getCause());
        }
    }

    private static RefusedException refusalIn(@Nullable Throwable cause) {
        if (cause instanceof RefusedException refused) {
            return refused;
        }
        throw new IllegalStateException("an answer could not be validated", cause);
    }
}
