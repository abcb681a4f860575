package io.tokenguard.redis;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.spi.ReceivedTokenStore;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.RevocationStore;
import io.tokenguard.spi.SharedState;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the nodes of one API share through Redis 6.2 and later, or Valkey.
 *
 * <p>Revocations go through a stream that each node reads to its end before it is in sync, and tails from then on, so that
 * tokens are checked against the node's own memory. An entry is deleted when its own time is over and never for its age.
 * Proofs are
 * a key each, written where there is none. An epoch tells apart what the server remembers from what it may have forgotten:
 * after a failover, a restart or a flush each node writes again what is missing, and proofs from before are refused once.
 *
 * <p>Two threads and four of Lettuce's. No request waits for more than one command, and for that no longer than 50 ms.
 * Thread-safe.
 */
public final class RedisState implements SharedState {
    private static final Duration START_PATIENCE = Duration.ofMillis(500);
    /** To write what waits, and to close the connections. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private static final int MOST_REVOCATIONS = 100_000;

    private final Connector connector;
    private final Link link;
    private final Thread keeper;
    private final RedisRevocationStore revocations;
    private final RedisReplayStore replays;
    private final RedisReceivedTokenStore received;
    private final Failures failures = new Failures();
    private final AtomicInteger storesInUse = new AtomicInteger();
    private final AtomicBoolean givesRevocations = new AtomicBoolean();
    private final AtomicBoolean givesReplays = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private RedisState(RedisAddress address, Terms terms) {
        RedisParts parts = new RedisParts(
                new KeyLayout(address.namespace()),
                terms.clock(),
                new WriteBackLog(terms.clock(), System::nanoTime, MOST_REVOCATIONS),
                failures);
        connector = new Connector(address);
        link = new Link(connector, parts);
        revocations = new RedisRevocationStore(link, parts, () -> giveBack(givesRevocations));
        replays = new RedisReplayStore(link, parts, () -> giveBack(givesReplays));
        received = new RedisReceivedTokenStore(link, parts);
        keeper = new Thread(link, "tokenguard-redis-link");
        keeper.setDaemon(true);
    }

    /**
     * Opens the state that stands at an address, as {@link RedisAddress#parse} reads it. Does not wait for the server.
     *
     * @throws ConfigurationException if the address can't be read
     */
    public static RedisState open(URI address, Terms terms) {
        return open(RedisAddress.parse(address), terms);
    }

    /** Opens the state that stands at an address. Does not wait for the server. */
    public static RedisState open(RedisAddress address, Terms terms) {
        RedisState state = new RedisState(address, terms);
        state.keeper.start();
        return state;
    }

    /** The revocations of all nodes. Once all stores that were asked for are closed, the state is. */
    @Override
    public RevocationStore revocations() {
        take(givesRevocations);
        return revocations;
    }

    /** The proofs that were used on any node. Once all stores that were asked for are closed, the state is. */
    @Override
    public ReplayStore replays() {
        take(givesReplays);
        return replays;
    }

    @Override
    public Optional<ReceivedTokenStore> receivedTokens() {
        return Optional.of(received);
    }

    /** Waits for the first attempt to connect, until 500 ms after the state was opened and no later. */
    @Override
    public Optional<String> nonceSecret() {
        return link.nonceSecret(START_PATIENCE);
    }

    private void take(AtomicBoolean store) {
        if (store.compareAndSet(false, true)) {
            storesInUse.incrementAndGet();
        }
    }

    private void giveBack(AtomicBoolean store) {
        if (store.compareAndSet(true, false) && storesInUse.decrementAndGet() == 0) {
            close();
        }
    }

    /** Gives back all threads and connections, within 5 s. What has not been written by then stays with this node. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        link.close();
        try {
            revocations.stop();
            keeper.join(LAST_WORDS.toMillis());
            keeper.interrupt();
            keeper.join(LAST_WORDS.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connector.close();
    }
}
