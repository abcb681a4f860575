package io.tokenguard.internal.feeds;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;

/**
 * Remembers which tokens of feeds were acted upon, by hashes, ten thousand of them. Only issuers can fill it, and one that was
 * forgotten does nothing new: what it withdraws was issued before it. Thread-safe.
 */
public final class SeenTokens {
    private static final int MOST = 10_000;

    private final Cache<ByteBuffer, Boolean> seen =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    boolean contains(byte[] token) {
        return seen.getIfPresent(ByteBuffer.wrap(token)) != null;
    }

    void add(byte[] token) {
        seen.put(ByteBuffer.wrap(token), Boolean.TRUE);
    }
}
