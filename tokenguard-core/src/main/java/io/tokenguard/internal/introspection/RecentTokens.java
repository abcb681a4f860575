package io.tokenguard.internal.introspection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The tokens that were active in the last minutes, by hash: at most 50 000, about 8 MiB. Only an active answer adds a token,
 * so invalid tokens can't fill it. Thread-safe.
 */
final class RecentTokens {
    private static final int MOST = 50_000;

    private final Cache<TokenHash, Boolean> tokens;

    /**
     * An empty table.
     *
     * @param time how long a token stays
     * @param nanoTime monotonic nanoseconds
     */
    RecentTokens(Duration time, LongSupplier nanoTime) {
        this.tokens = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(time)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    void add(TokenHash token) {
        tokens.put(token, Boolean.TRUE);
    }

    void remove(TokenHash token) {
        tokens.invalidate(token);
    }

    boolean contains(TokenHash token) {
        return tokens.getIfPresent(token) != null;
    }

    long size() {
        tokens.cleanUp();
        return tokens.estimatedSize();
    }
}
