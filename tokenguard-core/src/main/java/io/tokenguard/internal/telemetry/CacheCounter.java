package io.tokenguard.internal.telemetry;

import io.tokenguard.access.GuardStats.TokenCacheStats;
import java.util.concurrent.atomic.LongAdder;

/** Counts uses of the token cache. Thread-safe, without a lock. */
public final class CacheCounter {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    CacheCounter() {}

    /** A token's verified result was taken from the cache. */
    public void hit() {
        hits.increment();
    }

    /** A token has to be verified in full. */
    public void missed() {
        misses.increment();
    }

    /** An entry was evicted because the cache was full. */
    public void evicted() {
        evictions.increment();
    }

    /**
     * The counts, with the size of the current cache.
     *
     * @param entries the number of entries
     * @param bytes their size
     * @param maxBytes the limit of their size; 0 if the cache is off
     */
    public TokenCacheStats snapshot(long entries, long bytes, long maxBytes) {
        return new TokenCacheStats(hits.sum(), misses.sum(), evictions.sum(), entries, bytes, maxBytes);
    }
}
