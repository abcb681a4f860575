package io.tokenguard.internal.possession;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Bounds the live proofs of each key to a tenth of the store, so that one client can't fill it. Counts at most 50 000 keys of
 * recently accepted proofs, about 10 MiB. Thread-safe.
 */
final class KeyShares {
    private static final int MOST_KEYS = 50_000;
    private static final int KEYS_THAT_FILL = 10;
    /** A proof with a time in the future is live for longer. */
    private static final Duration FUTURE = Duration.ofSeconds(6);

    private final Cache<String, KeyShare> keys;
    private final LongSupplier nanoTime;
    private volatile int share;
    private volatile long lifeNanos;

    /**
     * No keys.
     *
     * @param capacity how many live proofs the store can hold
     * @param nanoTime monotonic nanoseconds
     */
    KeyShares(int capacity, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.keys = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterAccess(DpopPolicy.LONGEST_AGE.plus(FUTURE))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
        resize(capacity, DpopPolicy.LONGEST_AGE);
    }

    /** Changes the limits. Restarts counting if the lifetime of proofs changes. */
    void resize(int capacity, Duration greatestAge) {
        share = Math.max(1, capacity / KEYS_THAT_FILL);
        long life = greatestAge.plus(FUTURE).toNanos();
        if (life != lifeNanos) {
            lifeNanos = life;
            keys.invalidateAll();
        }
    }

    /** How long no more proofs of this key are accepted; zero if they are. */
    Duration waitFor(String key) {
        KeyShare used = keys.getIfPresent(key);
        return used == null ? Duration.ZERO : used.waitFor(share, nanoTime.getAsLong());
    }

    /** Counts one more live proof of this key. */
    void add(String key) {
        long now = nanoTime.getAsLong();
        keys.asMap()
                .computeIfAbsent(key, unused -> new KeyShare(lifeNanos, now))
                .add(now);
    }
}
