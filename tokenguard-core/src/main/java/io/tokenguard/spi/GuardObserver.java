package io.tokenguard.spi;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.TheftSignal;

/**
 * Sees what TokenGuard decides. Called on the thread of the request, by many threads at once; it must be quick. What it
 * throws is dropped and never changes a decision.
 */
@FunctionalInterface
public interface GuardObserver {
    /**
     * A request was refused.
     *
     * @param refusal why, with texts that are cut and escaped
     */
    void refused(Refusal refusal);

    /**
     * A request was granted, and a requirement on trial would have refused it
     * ({@link io.tokenguard.access.AccessRequirement#reportOnly}). Does nothing by default.
     *
     * @param refusal why, with texts that are cut and escaped
     */
    default void wouldRefuse(Refusal refusal) {}

    /**
     * A token is used as a stolen one would be; whether anything is looked for, {@code TheftDetection} says. Does nothing by
     * default.
     *
     * @param suspicion what was seen, with texts that are cut and escaped
     */
    default void suspected(TheftSignal suspicion) {}
}
