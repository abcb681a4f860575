package io.tokenguard.spi;

import java.time.Instant;

/**
 * Stores which writes run and how they were answered, so that each happens once on all nodes. Each call waits for a bounded
 * time. Thread-safe.
 */
public interface WriteStore {
    /**
     * An attempt to run a write.
     *
     * @param key identifies the write: 43 characters of base64url
     * @param holder identifies who sent it, for shares of a bounded memory: 43 characters of base64url
     * @param owner identifies this attempt: at most 32 characters, never used again
     * @param now the time of the attempt
     * @param until when another attempt may run, if this one has neither been answered nor released
     */
    record Claim(String key, String holder, String owner, Instant now, Instant until) {
        /** Shows nothing. */
        @Override
        public String toString() {
            return "Claim[not shown]";
        }
    }

    /** What is known of a write. */
    enum State {
        /** No attempt runs and none was answered: this one may run. Exactly one of any concurrent callers gets this result. */
        FIRST,
        /** Another attempt runs. */
        RUNNING,
        /** It was answered. */
        DONE,
        /** The claim's holder, or the store, is at its bound; nothing is claimed. */
        FULL,
        /** Not known: the store does not answer. */
        UNKNOWN
    }

    /**
     * The answer to a claim.
     *
     * @param state what is known
     * @param record the record of a write that was answered; else empty
     */
    record Claimed(State state, String record) {
        /** Without a record. */
        public static Claimed of(State state) {
            return new Claimed(state, "");
        }

        /** Shows no record. */
        @Override
        public String toString() {
            return "Claimed[" + state + "]";
        }
    }

    /** Claims a write. Nothing stays claimed if the result is not {@link State#FIRST}, as far as the store can be reached. */
    Claimed claim(Claim claim);

    /**
     * Stores the record of a write, unless another attempt has claimed it or a record is stored.
     *
     * @param claim the claim under which it ran
     * @param record at most 1000000 characters
     * @param forgetAt when the record may be removed, and not before
     * @return whether it is stored
     */
    boolean finish(Claim claim, String record, Instant forgetAt);

    /** Lets another attempt run, unless a record is stored or another attempt has the claim. */
    void release(Claim claim);
}
