package io.tokenguard.spi;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.TheftSignal;

/**
 * Observes decisions. Called on the thread of the request, by many threads at once; must be quick. Exceptions are dropped and
 * never change a decision.
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
     * A request was granted that a requirement in report-only mode would have refused ({@link
     * io.tokenguard.access.AccessRequirement#reportOnly}). Default: does nothing.
     *
     * @param refusal why, with texts that are cut and escaped
     */
    default void wouldRefuse(Refusal refusal) {}

    /**
     * A token shows signs of theft, according to {@code TheftDetection}. Default: does nothing.
     *
     * @param suspicion the sign, with texts that are cut and escaped
     */
    default void suspected(TheftSignal suspicion) {}
}
