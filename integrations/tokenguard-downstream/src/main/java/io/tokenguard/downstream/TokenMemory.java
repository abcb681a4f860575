package io.tokenguard.downstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.config.Destination;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers tokens for destinations. One call at a time for each caller and destination, whose answer all waiting requests get. At
 * most 16 MiB; the least used ones are forgotten first. Has usable tokens in memory. Thread-safe; holds no lock during a call.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failure reaches the requests that wait.
final class TokenMemory {
    private static final long MOST_BYTES = 16L << 20;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final long REFRESH_PAUSE = Duration.ofSeconds(5).toNanos();

    private final ConcurrentMap<Key, CompletableFuture<HeldToken>> underWay = new ConcurrentHashMap<>();
    private final Cache<Key, HeldToken> held;
    private final LongSupplier nanoTime;

    TokenMemory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.held = Caffeine.newBuilder()
                .maximumWeight(MOST_BYTES)
                .weigher((Key key, HeldToken token) -> token.weight())
                .expireAfterWrite(LONGEST)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * What a token is for.
     *
     * @param destination the destination, with all of its settings: others may give another token
     * @param caller the fingerprint of the caller's token; empty for a token of the API itself
     */
    record Key(Destination destination, String caller) {}

    /** The token that is remembered, or that a call gets, which is started unless one is under way. */
    CompletableFuture<HeldToken> get(Key key, Supplier<CompletionStage<HeldToken>> call) {
        long now = nanoTime.getAsLong();
        HeldToken known = held.getIfPresent(key);
        if (known == null || !known.isUsable(now)) {
            return requested(key, call);
        }
        if (known.isToRefresh(now)) {
            held.put(key, known.refreshedFrom(now + REFRESH_PAUSE));
            requested(key, call);
        }
        return CompletableFuture.completedFuture(known);
    }

    private CompletableFuture<HeldToken> requested(Key key, Supplier<CompletionStage<HeldToken>> call) {
        CompletableFuture<HeldToken> mine = new CompletableFuture<>();
        CompletableFuture<HeldToken> other = underWay.putIfAbsent(key, mine);
        if (other != null) {
            return other;
        }
        started(call).whenComplete((token, failure) -> {
            keep(key, token);
            underWay.remove(key, mine);
            if (failure == null) {
                mine.complete(token);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    private static CompletionStage<HeldToken> started(Supplier<CompletionStage<HeldToken>> call) {
        try {
            return call.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** A refusal does not replace a token that is still usable. */
    private void keep(Key key, @Nullable HeldToken token) {
        long now = nanoTime.getAsLong();
        if (token == null || !token.isUsable(now)) {
            return;
        }
        held.asMap()
                .merge(
                        key,
                        token,
                        (known, fresh) -> fresh.refusal() != null && known.token() != null && known.isUsable(now)
                                ? known
                                : fresh);
    }

    void forget(Key key) {
        held.invalidate(key);
    }
}
