package io.tokenguard.internal.pipeline;

import io.tokenguard.access.GuardStats.TokenCacheStats;
import io.tokenguard.internal.cache.TokenCacheTable;
import io.tokenguard.internal.issuers.VerifiedToken;
import io.tokenguard.internal.telemetry.CacheCounter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The token cache of one configuration. Expired tokens are removed once a minute. Thread-safe. */
public final class CachedTokens {
    private static final long SWEEP_SECONDS = 60;

    private final TokenCacheTable<VerifiedToken> memory;
    private final Executor workers;
    private final CacheCounter counter;
    private final TokenCompaction compaction = new TokenCompaction();
    private final AtomicLong nextSweep = new AtomicLong();

    /**
     * A cache.
     *
     * @param workers removes expired tokens
     * @param counter counts its uses
     */
    public CachedTokens(TokenCacheTable<VerifiedToken> memory, Executor workers, CacheCounter counter) {
        this.memory = memory;
        this.counter = counter;
        this.workers = workers;
    }

    @Nullable
    VerifiedToken find(String field, int start) {
        return memory.find(field, start);
    }

    /** A cached token is accepted as verified. */
    void hit() {
        counter.hit();
    }

    /** A token has to be verified in full. */
    void missed() {
        if (memory.isOn()) {
            counter.missed();
        }
    }

    /** What was counted, and the size. */
    public TokenCacheStats stats() {
        return counter.snapshot(memory.size(), memory.bytes(), memory.mostBytes());
    }

    void keep(String field, int start, VerifiedToken verified, Instant now) {
        if (memory.isOn() && !verified.isRemembered()) {
            sweep(now);
            boolean isReadable = TokenCompaction.isReadable(field, start);
            memory.keep(
                    field,
                    start,
                    verified.key().publicKey(),
                    text -> compaction.compact(verified, isReadable ? Optional.of(text) : Optional.empty()));
        }
    }

    /** Removes expired tokens, in each minute in which new tokens come, so that nothing is kept of users who are gone. */
    private void sweep(Instant now) {
        long due = nextSweep.get();
        if (now.getEpochSecond() < due || !nextSweep.compareAndSet(due, now.getEpochSecond() + SWEEP_SECONDS)) {
            return;
        }
        try {
            workers.execute(
                    () -> memory.forgetIf(known -> known.rules().lifetime().isOver(known.times(), now)));
        } catch (RejectedExecutionException closed) {
            // A closed guard still decides; its cache is bounded all the same.
        }
    }
}
