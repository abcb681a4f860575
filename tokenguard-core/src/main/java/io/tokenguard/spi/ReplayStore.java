package io.tokenguard.spi;

import java.time.Instant;

/**
 * Remembers which proofs were used (RFC 9449 §11.1), so that none is used twice: on this machine, or shared by many. Called
 * by many threads at once.
 */
public interface ReplayStore extends AutoCloseable {
    /** What a store says of a proof. */
    enum Use {
        /** It was not used before, and now it is. Of any number of callers at once, exactly one hears that. */
        FIRST,
        /** It was used before, or can no longer be told from one that was: the client makes a new one. */
        REPEATED,
        /** Nobody can tell: the store is full, or out of reach. The request is answered with 503. */
        UNKNOWN
    }

    /**
     * Uses a proof.
     *
     * @param proof 32 bytes that stand for the proof and its key; not changed, and not to be kept as they are
     * @param madeAt when its sender made it, by the sender's word
     * @param forgetAt when it may be forgotten, and not before: a store that has no room says {@link Use#UNKNOWN}
     */
    Use use(byte[] proof, Instant madeAt, Instant forgetAt);

    /** Gives back threads and connections. Does nothing by default. */
    @Override
    default void close() {}
}
