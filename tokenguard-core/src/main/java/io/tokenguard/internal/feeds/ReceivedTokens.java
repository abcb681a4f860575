package io.tokenguard.internal.feeds;

import io.tokenguard.internal.jose.Sha256;
import io.tokenguard.spi.SharedState.ReceivedTokenStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Which logout tokens and event tokens were processed, on this node or, if the nodes share that, on any node. Thread-safe;
 * blocks as long as the store does.
 *
 * @param local those of this node
 * @param shared those of all nodes; empty if they are not shared
 * @param clock the time
 */
public record ReceivedTokens(SeenTokens local, Optional<ReceivedTokenStore> shared, Clock clock) {
    /** Longer than issuers retry; processing a forgotten token again revokes nothing new. */
    private static final Duration KEPT = Duration.ofDays(1);

    /** Whether a token was processed before. */
    public boolean contains(FeedProtocol feed, FeedMessage message) {
        byte[] token = hash(feed, message);
        return local.contains(token)
                || shared.filter(store -> store.contains(token)).isPresent();
    }

    /** Records that a token was processed: all of its revocations are stored. */
    public void add(FeedProtocol feed, FeedMessage message) {
        byte[] token = hash(feed, message);
        local.add(token);
        shared.ifPresent(store -> store.add(token, clock.instant().plus(KEPT)));
    }

    /** Neither feed nor issuer contains the control character between them. */
    private static byte[] hash(FeedProtocol feed, FeedMessage message) {
        String name = feed.name() + '\0' + message.issuer() + '\0' + message.tokenId();
        return Sha256.of(name.getBytes(StandardCharsets.UTF_8));
    }
}
