package io.tokenguard.internal.feeds;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;

/**
 * The hashes of the last ten thousand processed tokens. Only issuers can fill it, and a forgotten token does nothing new: the
 * tokens that it revokes were issued before it. Thread-safe.
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
