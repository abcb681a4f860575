package io.tokenguard.internal.introspection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The tokens that were active in the last minutes, by hash: at most 50 000, about 8 MiB. Strangers can't fill it, as a token
 * gets in only by an answer that says it is active. Thread-safe.
 */
final class RecentTokens {
    private static final int MOST = 50_000;

    private final Cache<TokenHash, Boolean> tokens;

    /**
     * A memory that holds nothing.
     *
     * @param time how long a token stays
     * @param nanoTime the time, from a source that never jumps
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
