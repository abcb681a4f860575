package io.tokenguard.spi;

import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.TheftSignal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Observes a guard. Every value that it gets can be logged, except the request of {@link #deciding}. Nothing that it throws
 * changes a decision: that is caught and logged, at most five times a minute for each place.
 *
 * <p>{@link #deciding}, {@link #granted}, {@link #refused}, {@link #wouldRefuse} and {@link #suspected} are called on the
 * thread of the request, by many threads at once: if they are slow, so is the request. The other methods are called on a
 * background thread, one event at a time and in order; if one blocks, up to 1 000 events wait, and further ones are dropped.
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
     * A token shows signs of theft, according to {@code TheftDetection} or {@code TheftDetection.Baseline}. Default: does nothing.
     *
     * @param suspicion the sign, with texts that are cut and escaped
     */
    default void suspected(TheftSignal suspicion) {}

    /**
     * A request or a token was granted. Stages are timed only if an observer overrides this method. Not called if a token that
     * was accepted earlier in the same request is checked again. Default: does nothing.
     *
     * @param grant what was granted, with texts that are cut and escaped
     */
    default void granted(Grant grant) {}

    /**
     * A decision about a request begins. For tracing. Default: does nothing.
     *
     * @param request the request; not safe to log
     * @return is called on the same thread when the decision is made; empty if that is not needed
     */
    default Optional<Consumer<Outcome>> deciding(IncomingRequest request) {
        return Optional.empty();
    }

    /**
     * The keys of an issuer were loaded. Default: does nothing.
     *
     * @param keys their state after the load
     */
    default void keysLoaded(GuardHealth.KeyHealth keys) {}

    /**
     * The keys of an issuer could not be loaded. Default: does nothing.
     *
     * @param keys their state after the load, with the reason
     */
    default void keysFailed(GuardHealth.KeyHealth keys) {}

    /**
     * The application or an issuer has revoked tokens or banned a key on this node. Not called for revocations of other nodes.
     * Default: does nothing.
     *
     * @param revocation what is revoked, by its hash
     * @param isStored whether it is stored as durably as configured
     */
    default void revoked(Revocation revocation, boolean isStored) {}

    /**
     * The state of the guard changed: of an issuer's keys, an introspection endpoint, the revocations or an adapter. Noticed
     * within about a second, if an observer overrides this method. Default: does nothing.
     *
     * @param health the new state
     */
    default void stateChanged(GuardHealth health) {}

    /**
     * A granted request or token. Texts are cut and escaped, and empty if unknown.
     *
     * @param route the rule as configured, or {@code none}, {@code supplied} or {@code token}, as in {@code GuardStats}
     * @param issuer the token's issuer; empty if the route is open
     * @param clientId the client
     * @param subject the subject; shown, hashed or omitted by {@code tokenguard.audit.subject}
     * @param tokenFingerprint the beginning of the token's hash, as in {@link Refusal#tokenFingerprint()}
     * @param stages how long the stages took
     */
    record Grant(
            String route,
            String issuer,
            String clientId,
            String subject,
            String tokenFingerprint,
            Map<RefusalReason.Stage, Duration> stages) {
        /** Copies the stages. */
        public Grant {
            stages = Map.copyOf(stages);
        }
    }

    /**
     * The end of a decision.
     *
     * @param decision the decision
     * @param route the rule as configured, or {@code none} or {@code supplied}, as in {@code GuardStats}
     * @param issuer the token's issuer as configured, or {@code other}; empty if there is no readable token. Bounded, for use
     *     as a label
     */
    record Outcome(Decision decision, String route, String issuer) {}
}
