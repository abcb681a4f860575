package io.tokenguard.spi;

import io.tokenguard.access.Revocation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Shares revocations between nodes and keeps them across restarts. A guard keeps all revocations in its own memory and decides
 * by these: no request queries the store or waits for it. A store can only revoke tokens, never accept them. Thread-safe.
 */
public interface RevocationStore extends AutoCloseable {
    /**
     * Starts to deliver the stored revocations and, until the store is closed, new ones. Called once, before any other method.
     * Returns without waiting for the store, whether it is reachable or not.
     *
     * @param memory receives each revocation; may receive duplicates
     */
    void follow(Consumer<Revocation> memory);

    /**
     * Stores a revocation, already in effect on this node, for other nodes and later processes. A durable store waits, for a
     * bounded time, until it is committed; a store that only distributes revocations returns at once. While the store is
     * unreachable, the revocation is kept in memory and written later.
     *
     * @param revocation has a {@code forgetAt}; keep it until then. Pass on all of its components: each node applies its own
     *     configuration to {@code retainedFrom}
     * @return whether the store keeps it, as durably as it ever does; {@code false} if the store is full, or if a durable
     *     store has not committed it yet
     */
    boolean publish(Revocation revocation);

    /** The time since this node was last in sync with the store; empty if it never was. Measured by a monotonic clock. */
    Optional<Duration> sinceSync();

    /** Why this node is not in sync with the store, in a few words for the operator; empty if it is. */
    Optional<String> trouble();

    /** Releases threads and connections. */
    @Override
    void close();
}
