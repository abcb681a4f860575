package io.tokenguard.internal.introspection;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.IntrospectionHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one issuer about tokens (RFC 7662). A request waits for the answer, but no longer than the timeout; at most 32 calls
 * are under way at once, one for each token, at most 512 requests wait for them, and none stands in a queue. No lock is held.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails is told to whoever waits.
public final class Introspector {
    private static final int MOST_CALLS = 32;
    private static final int MOST_WAITING = 512;

    private final ConcurrentMap<TokenHash, CompletableFuture<IntrospectionResult>> underWay = new ConcurrentHashMap<>();
    private final Semaphore calls = new Semaphore(MOST_CALLS);
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final byte[] configuration;
    private final AnswerMemory memory;
    private final IntrospectionCall inquiry;
    private final Duration timeout;

    /**
     * Asks an issuer.
     *
     * @param configuration a hash of whom is asked, and as whom
     * @param inquiry makes the calls
     * @param timeout how long a request waits
     */
    public Introspector(byte[] configuration, IntrospectionCall inquiry, Duration timeout) {
        this.configuration = configuration.clone();
        this.memory = inquiry.memory();
        this.inquiry = inquiry;
        this.timeout = timeout;
    }

    /**
     * What the issuer says of a token.
     *
     * @param isFresh whether it has to be asked for this very request, whatever is remembered
     * @throws RefusedException if the token is not active or not acceptable, or if that can't be told now
     */
    public AccessToken introspect(String token, boolean isFresh) throws RefusedException {
        TokenHash hash = TokenHash.of(configuration, token);
        if (isFresh) {
            return await(call(hash, token, new CompletableFuture<>())).get();
        }
        IntrospectionResult known = memory.find(hash);
        return known == null ? await(join(hash, token)).get() : known.get();
    }

    /** One call for a token at a time, whose end everybody waits for who asks meanwhile. */
    private CompletableFuture<IntrospectionResult> join(TokenHash hash, String token) throws RefusedException {
        CompletableFuture<IntrospectionResult> mine = new CompletableFuture<>();
        CompletableFuture<IntrospectionResult> theirs = underWay.putIfAbsent(hash, mine);
        if (theirs != null) {
            return theirs;
        }
        mine.whenComplete((verdict, failure) -> underWay.remove(hash, mine));
        // The last call for it may have ended between the look at the memory and this one.
        IntrospectionResult known = memory.find(hash);
        if (known != null) {
            mine.complete(known);
            return mine;
        }
        try {
            return call(hash, token, mine);
        } catch (RefusedException | RuntimeException | Error refused) {
            mine.completeExceptionally(refused);
            throw refused;
        }
    }

    private CompletableFuture<IntrospectionResult> call(
            TokenHash hash, String token, CompletableFuture<IntrospectionResult> end) throws RefusedException {
        if (!calls.tryAcquire()) {
            throw unavailable("too many calls at once");
        }
        try {
            inquiry.start(hash, token).whenComplete((verdict, failure) -> {
                calls.release();
                if (failure == null) {
                    end.complete(verdict);
                } else {
                    end.completeExceptionally(failure);
                }
            });
            return end;
        } catch (RefusedException | RuntimeException | Error notStarted) {
            calls.release();
            throw notStarted;
        }
    }

    private IntrospectionResult await(CompletableFuture<IntrospectionResult> end) throws RefusedException {
        if (!waiting.tryAcquire()) {
            throw unavailable("too many requests wait");
        }
        try {
            return end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException notInTime) {
            throw unavailable("no answer in time");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted");
        } catch (ExecutionException failure) {
            throw refusalIn(failure.getCause());
        } finally {
            waiting.release();
        }
    }

    private static RefusedException refusalIn(@Nullable Throwable cause) {
        if (cause instanceof RefusedException refused) {
            return refused;
        }
        throw new IllegalStateException("an answer could not be judged", cause);
    }

    static RefusedException unavailable(String rule) {
        return new RefusedException(RefusalReason.INTROSPECTION_UNAVAILABLE, rule);
    }

    /** How calls fare. */
    public IntrospectionHealth health() {
        return inquiry.health();
    }
}
