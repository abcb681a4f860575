package io.tokenguard.internal.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.spi.SharedState.ReceivedTokenStore;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceivedTokensTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private final Store store = new Store();
    private final ReceivedTokens alone = tokens(Optional.empty());
    private final ReceivedTokens shared = tokens(Optional.of(store));

    /** What all nodes know, and until when. */
    private static final class Store implements ReceivedTokenStore {
        private final Map<ByteBuffer, Instant> tokens = new HashMap<>();

        @Override
        public boolean contains(byte[] token) {
            return tokens.containsKey(ByteBuffer.wrap(token));
        }

        @Override
        public void add(byte[] token, Instant forgetAt) {
            tokens.put(ByteBuffer.wrap(token.clone()), forgetAt);
        }
    }

    private static ReceivedTokens tokens(Optional<ReceivedTokenStore> store) {
        return new ReceivedTokens(new SeenTokens(), store, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static FeedMessage message(String issuer, String tokenId) {
        return new FeedMessage(issuer, tokenId, Optional.empty(), NOW, List.of(), List.of());
    }

    @Test
    void areKnownByFeedIssuerAndIdentifier() {
        assertThat(alone.contains(FeedProtocol.LOGOUT, message("a", "1"))).isFalse();
        alone.add(FeedProtocol.LOGOUT, message("a", "1"));
        assertThat(alone.contains(FeedProtocol.LOGOUT, message("a", "1"))).isTrue();
        assertThat(alone.contains(FeedProtocol.EVENTS, message("a", "1"))).isFalse();
        assertThat(alone.contains(FeedProtocol.LOGOUT, message("b", "1"))).isFalse();
        assertThat(alone.contains(FeedProtocol.LOGOUT, message("a", "2"))).isFalse();
    }

    @Test
    void areKnownOnAllNodesForADay() {
        shared.add(FeedProtocol.EVENTS, message("a", "1"));
        assertThat(tokens(Optional.of(store)).contains(FeedProtocol.EVENTS, message("a", "1")))
                .isTrue();
        assertThat(store.tokens.values()).containsExactly(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void areKnownOnThisNodeWhileTheStoreForgets() {
        shared.add(FeedProtocol.EVENTS, message("a", "1"));
        store.tokens.clear();
        assertThat(shared.contains(FeedProtocol.EVENTS, message("a", "1"))).isTrue();
    }
}
