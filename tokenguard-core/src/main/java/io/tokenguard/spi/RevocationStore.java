package io.tokenguard.spi;

import io.tokenguard.access.Revocation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries revocations from node to node, and over restarts. A guard keeps all of them in its own memory and decides by that:
 * a store is never asked about a token, and none is waited for. It can only revoke, never allow. Called by many threads at
 * once.
 */
public interface RevocationStore extends AutoCloseable {
    /**
     * Begins to hand on what the store holds and, for as long as it is open, what is added to it. Called once, before
     * anything else. Returns without waiting for the store, be it out of reach or not.
     *
     * @param memory takes each revocation; one that it has had already does no harm
     */
    void follow(Consumer<Revocation> memory);

    /**
     * Stores a revocation that already takes effect on this node, for the other nodes and for later. A durable store waits,
     * for a bounded time, until it is committed; one that only carries revocations returns at once. While the store is out
     * of reach the revocation is kept in memory and written later.
     *
     * @param revocation has a {@code forgetAt}, up to which it has to be kept. To be handed on with all its components:
     *     by {@code retainedFrom} each node judges by its own configuration
     * @return whether the store keeps it, as durably as it ever does; {@code false} if the store is full, or if a durable
     *     store has not committed it yet
     */
    boolean publish(Revocation revocation);

    /**
     * How long ago it was that this node knew all that the store held; empty where it never did. Measured by a
     * monotonic clock.
     */
    Optional<Duration> sinceSync();

    /** Why the store is behind, in a few words for the operator; empty where it is not. */
    Optional<String> trouble();

    /** Gives back threads and connections. */
    @Override
    void close();
}
