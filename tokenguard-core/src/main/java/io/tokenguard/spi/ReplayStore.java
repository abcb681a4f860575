package io.tokenguard.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * Remembers which proofs were used on any node (RFC 9449 §11.1), so that none is used twice. Thread-safe.
 *
 * <p>A guard asks the store first and then its own memory, which holds what was used on this node. So a store need not
 * remember by itself what was used on this node, and nothing that a store loses makes a proof good twice on one node.
 */
public interface ReplayStore extends AutoCloseable {
    /** What a store says of a proof. */
    enum Use {
        /** It was not used before, and now it is. Of any number of callers at once, exactly one hears that. */
        FIRST,
        /** It was used before, or can no longer be told from one that was: the client makes a new one. */
        REPEATED,
        /** Can't be known: the store is full, or out of reach. The request is answered with 503. */
        UNKNOWN
    }

    /**
     * Uses a proof. Waits for a bounded time, and not at all while the store is known to be out of reach.
     *
     * @param proof 32 bytes that stand for the proof and its key; not changed, and not to be kept as they are
     * @param madeAt when its sender made it, by the sender's word
     * @param forgetAt when it may be forgotten, and not before: a full store returns {@link Use#UNKNOWN}. Late
     *     enough for every node that shares the store, whatever its configuration accepts
     */
    Use use(byte[] proof, Instant madeAt, Instant forgetAt);

    /**
     * How long the store has been out of reach; zero while it is in reach, and for a store that always is. After
     * {@code tokenguard.revocation.outage-after}, the policy {@code fail-open} lets a guard decide by its own memory
     * where the store says {@link Use#UNKNOWN}.
     */
    default Duration outOfReachFor() {
        return Duration.ZERO;
    }

    /** Gives back threads and connections. Does nothing by default. */
    @Override
    default void close() {}
}
