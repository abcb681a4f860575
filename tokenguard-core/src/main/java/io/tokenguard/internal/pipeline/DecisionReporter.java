package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.possession.ProvenToken;
import io.tokenguard.internal.request.CredentialPlace;
import io.tokenguard.internal.response.ChallengeComposer;
import io.tokenguard.internal.response.CorsPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Turns outcomes into decisions and notifies observers.
 *
 * @param challenges composes challenges
 * @param cors lets scripts of other origins read answers
 * @param nonce the nonce for the next proof; empty if none is required
 * @param notifier notifies observers
 * @param thefts looks for signs of theft
 * @param limit limits how many requests of a network get 503
 */
public record DecisionReporter(
        ChallengeComposer challenges,
        CorsPolicy cors,
        Supplier<Optional<String>> nonce,
        ObserverNotifier notifier,
        TheftSteps thefts,
        BiFunction<IncomingRequest, RefusedException, RefusedException> limit) {
    /**
     * Shared caches keep answers to requests with a cookie, unlike those with an Authorization field (RFC 9111 §3.5), and other sites
     * embed them (Fetch Standard §3.7).
     */
    private static final Map<String, String> OF_COOKIES =
            Map.of("Cache-Control", "private", "Vary", "Cookie", "Cross-Origin-Resource-Policy", "same-origin");

    /**
     * A grant.
     *
     * @param counts header fields with the counts of limits
     */
    Decision.Granted granted(ProvenToken proven, Map<String, String> counts, AuditDetails details) {
        Map<String, String> fields =
                details.tracked().place() == CredentialPlace.COOKIE ? joined(OF_COOKIES, counts) : counts;
        return new Decision.Granted(
                Optional.of(proven.token()),
                proven.freshNonce()
                        .map(challenges::freshNonce)
                        .map(nonce -> joined(nonce, fields))
                        .orElse(fields));
    }

    private static Map<String, String> joined(Map<String, String> nonce, Map<String, String> counts) {
        Map<String, String> fields = new HashMap<>(counts);
        fields.putAll(nonce);
        return fields;
    }

    /** Adds the fields with which scripts of other origins can read the answer to a granted request. */
    Decision exposed(IncomingRequest request, Decision decision) {
        return decision instanceof Decision.Granted granted ? cors.expose(granted, request) : decision;
    }

    /** A refusal becomes a challenge. */
    Decision refused(
            IncomingRequest request, RefusedException found, AccessRequirement requirement, AuditDetails details) {
        RefusedException refused = limit.apply(request, found);
        Refusal refusal = notifier.refused(details, refused);
        Challenge challenge = challenges.compose(
                refusal.reason(), requirement, details.tracked().isUnderDpop(), nonce);
        Challenge named = notifier.terms().areIdsSent() && !refusal.id().isEmpty()
                ? challenges.refusalId(challenge, refusal.id())
                : challenge;
        Challenge timed = refused.retryAfter()
                .map(wait -> challenges.retryAfter(named, wait))
                .orElse(named);
        Challenge counted = ChallengeComposer.with(timed, details.counted().fields());
        return thefts.see(request, new Decision.Refused(refusal, cors.expose(counted, request)));
    }

    /** Refuses a request whose decision would have to wait for one of too many others. */
    Decision tooBusy(IncomingRequest request, AuditDetails details) {
        String why = "too many decisions wait for a thread: asyncExecutor";
        var full = RefusedException.until(RefusalReason.INTERNAL_FAILURE, why, Duration.ofSeconds(1));
        return refused(request, full, AuthorizationCheck.NO_ROUTE, details);
    }

    /** Tells observers that a decision was cancelled; counts and logs nothing. */
    void abandon(AuditDetails details) {
        var cancelled = new RefusedException(RefusalReason.INTERNAL_FAILURE, "the decision was cancelled");
        Decision unused = notifier.end(explained(cancelled, AuthorizationCheck.NO_ROUTE, details), details);
    }

    /** A refusal that nobody is notified of. */
    Decision explained(RefusedException refused, AccessRequirement requirement, AuditDetails details) {
        return new Decision.Refused(
                details.refusal(refused, notifier.counters()),
                challenges.compose(
                        refused.reason(), requirement, details.tracked().isUnderDpop(), nonce));
    }

    /** An unexpected exception fails closed. */
    Decision failed(IncomingRequest request, Throwable failure, AccessRequirement requirement, AuditDetails details) {
        return refused(request, notifier.failed(failure), requirement, details);
    }

    void wouldRefuse(RefusedException refused, AuditDetails details) {
        notifier.wouldRefuse(details, refused);
    }
}
