package io.tokenguard.redis;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.store.FailureLog;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.RevocationStore;
import io.tokenguard.spi.SharedState;
import io.tokenguard.spi.SharedState.RequestCountStore;
import io.tokenguard.spi.SharedState.WriteStore;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * State that the nodes of one API share through Redis 6.2 and later, or Valkey.
 *
 * <p>Revocations are entries of a stream. Each node reads it to its end before it is in sync, and tails it from then on, so
 * that tokens are checked against the node's own memory. An entry is deleted when it expires, never for its age alone. A
 * proof is a key, written only if it does not exist. An epoch separates what the server remembers from what it may have lost:
 * after a failover, a restart or a flush, nodes write again what is missing, and proofs made before are refused once.
 *
 * <p>Requests that are limited are counted by a script, one key for each sender. It expires when the sender has all requests
 * again.
 *
 * <p>Uses two threads and four of Lettuce's. A request with a proof waits for one command, a request under a limit for another,
 * for as long as the guard sets (250 ms by default); other requests never wait. Thread-safe.
 */
public final class RedisState implements SharedState {
    private static final Duration START_PATIENCE = Duration.ofMillis(500);
    /** The timeout for writing pending entries and closing the connections. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private static final int MOST_REVOCATIONS = 100_000;

    private final Connector connector;
    private final Link link;
    private final Thread keeper;
    private final RedisRevocationStore revocations;
    private final RedisReplayStore replays;
    private final RedisReceivedTokenStore received;
    private final RedisRequestCounts requestCounts;
    private final RedisWriteStore writes;
    private final FailureLog<Concern> failures = Concern.log();
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
        requestCounts = new RedisRequestCounts(link, parts);
        writes = new RedisWriteStore(link, parts);
        keeper = new Thread(link, "tokenguard-redis-link");
        keeper.setDaemon(true);
    }

    /**
     * Opens the state at an address, as {@link RedisAddress#parse} reads it. Does not wait for the server.
     *
     * @throws ConfigurationException if the address is malformed
     */
    public static RedisState open(URI address, Terms terms) {
        return open(RedisAddress.parse(address), terms);
    }

    /** Opens the state at an address. Does not wait for the server. */
    public static RedisState open(RedisAddress address, Terms terms) {
        RedisState state = new RedisState(address, terms);
        state.keeper.start();
        return state;
    }

    /** The revocations of all nodes. Closing the last of the opened stores closes the state. */
    @Override
    public RevocationStore revocations() {
        take(givesRevocations);
        return revocations;
    }

    /** The proofs that were used on any node. Closing the last of the opened stores closes the state. */
    @Override
    public ReplayStore replays() {
        take(givesReplays);
        return replays;
    }

    @Override
    public Optional<ReceivedTokenStore> receivedTokens() {
        return Optional.of(received);
    }

    @Override
    public Optional<RequestCountStore> requestCounts() {
        return Optional.of(requestCounts);
    }

    @Override
    public Optional<WriteStore> writes() {
        return Optional.of(writes);
    }

    /** Waits for the first attempt to connect, at most until 500 ms after the state was opened. */
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

    /** Ends all threads and connections, within 5 s. Revocations that are not written by then stay with this node. */
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
