package io.tokenguard.spi;

import io.tokenguard.access.Revocation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries revocations between nodes, and over restarts. A guard keeps all of them in its own memory and decides by that: it
 * never asks a store about a token, and never waits for one. A store can only revoke, never allow. Thread-safe.
 */
public interface RevocationStore extends AutoCloseable {
    /**
     * Starts to pass on the store's revocations and, as long as it is open, those that are added. Called once, before
     * anything else. Returns without waiting for the store, whether it is reachable or not.
     *
     * @param memory receives each revocation; may receive one several times
     */
    void follow(Consumer<Revocation> memory);

    /**
     * Stores a revocation that already takes effect on this node, for the other nodes and for later. A durable store waits,
     * for a bounded time, until it is committed; one that only carries revocations returns at once. While the store is
     * unreachable, the revocation is kept in memory and written later.
     *
     * @param revocation has a {@code forgetAt}, up to which it has to be kept. Pass on all of its components: each node
     *     applies its own configuration to {@code retainedFrom}
     * @return whether the store keeps it, as durably as it ever does; {@code false} if the store is full, or if a durable
     *     store has not committed it yet
     */
    boolean publish(Revocation revocation);

    /** How long ago this node knew all that the store contained; empty if it never did. Measured by a monotonic clock. */
    Optional<Duration> sinceSync();

    /** Why the store is behind, in a few words for the operator; empty if it is not. */
    Optional<String> trouble();

    /** Releases threads and connections. */
    @Override
    void close();
}
