package io.tokenguard.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * Stores which proofs were used on any node (RFC 9449 §11.1), so that none is used twice. Thread-safe.
 *
 * <p>A guard asks the store first and then its own memory, which contains the proofs used on this node. So a store need not
 * remember what was used on this node, and losing its data never lets a proof be used twice on one node.
 */
public interface ReplayStore extends AutoCloseable {
    /** The answer about a proof. */
    enum Use {
        /** The proof was unused and is now stored as used. Exactly one of any concurrent callers gets this result. */
        FIRST,
        /** The proof was used before, or cannot be proven unused: the client must create a new one. */
        REPEATED,
        /** Not known: the store is full or unreachable. The request gets 503. */
        UNKNOWN
    }

    /**
     * Marks a proof as used. Waits for a bounded time, and not at all while the store is known to be unreachable.
     *
     * @param proof 32 bytes that identify the proof and its key; not changed; copy it before storing it
     * @param madeAt when its sender made it, according to the sender
     * @param forgetAt when the entry may be removed, and not before: a full store returns {@link Use#UNKNOWN}. Late enough for
     *     every node that shares the store, whatever its configuration
     */
    Use use(byte[] proof, Instant madeAt, Instant forgetAt);

    /**
     * The same, with the guard's limit for the wait ({@code tokenguard.revocation.store-timeout}). A store that waits for a
     * network should implement it: the limit may change while the store is open. If the wait ends without an answer, the result
     * is {@link Use#UNKNOWN}. Default: the limit is ignored.
     */
    default Use use(byte[] proof, Instant madeAt, Instant forgetAt, Duration limit) {
        return use(proof, madeAt, forgetAt);
    }

    /**
     * How long the store has been unreachable; zero while it is reachable. Default: zero. After
     * {@code tokenguard.revocation.outage-after}, the policy {@code fail-open} lets a guard decide by its own memory if the
     * store returns {@link Use#UNKNOWN}.
     */
    default Duration outOfReachFor() {
        return Duration.ZERO;
    }

    /**
     * Records that a guard uses a proof by its own memory, because this store returned {@link Use#UNKNOWN} and the policy is
     * {@code fail-open}. Called before the proof is accepted. A store that lets a client send a proof again which it stored too
     * late must not do so for this proof from now on. Never waits. Default: nothing is recorded.
     *
     * @param proof as in {@link #use(byte[], Instant, Instant)}
     * @return whether the proof may be used; false if another guard of this process has used it meanwhile, as far as known
     */
    default boolean useAlone(byte[] proof) {
        return true;
    }

    /**
     * Since when the store has lost no entries, by the clock in its {@link SharedState.Terms}. Earlier uses may be lost, so a
     * guard rejects proofs that may have been used before that time. Default: the store never loses entries.
     */
    default Instant knownSince() {
        return Instant.MIN;
    }

    /** Releases threads and connections. Default: does nothing. */
    @Override
    default void close() {}
}
