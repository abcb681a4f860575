package io.tokenguard.internal.feeds;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.internal.jose.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Remembers which tokens of feeds were acted upon, by hashes, ten thousand of them. Only issuers can fill it, and one that was
 * forgotten does nothing new: what it withdraws was issued before it. Thread-safe.
 */
public final class SeenTokens {
    private static final int MOST = 10_000;

    private final Cache<ByteBuffer, Boolean> seen =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /** Whether it was acted upon before. */
    public boolean contains(FeedProtocol feed, FeedMessage message) {
        return seen.getIfPresent(key(feed, message)) != null;
    }

    /** Remembers that it was acted upon. */
    public void add(FeedProtocol feed, FeedMessage message) {
        seen.put(key(feed, message), Boolean.TRUE);
    }

    /** Neither feed nor identifier holds the control character between them. */
    private static ByteBuffer key(FeedProtocol feed, FeedMessage message) {
        String name = feed.name() + '\0' + message.issuer() + '\0' + message.tokenId();
        return ByteBuffer.wrap(Sha256.of(name.getBytes(StandardCharsets.UTF_8)));
    }
}
