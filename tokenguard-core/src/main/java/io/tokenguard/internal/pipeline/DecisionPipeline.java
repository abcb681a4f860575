package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason.Stage;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.possession.ProvenToken;
import io.tokenguard.internal.request.PresentedCredentials;
import io.tokenguard.internal.telemetry.DecisionCounters;
import io.tokenguard.internal.waiting.WouldWaitException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Decides about requests by one configuration. Thread-safe.
 *
 * @param steps the steps
 * @param reporter turns outcomes into decisions
 * @param clock the time; one "now" per request
 */
public record DecisionPipeline(DecisionSteps steps, DecisionReporter reporter, Clock clock) {
    /** The same pipeline with the same state; where a step would have to wait, it throws {@link WouldWaitException}. */
    public DecisionPipeline withoutWaiting() {
        return new DecisionPipeline(steps.withoutWaiting(), reporter, clock);
    }

    /** Begins a decision that is made in one or two attempts. */
    public BegunDecision begin(IncomingRequest request, RequirementSource rules) {
        return new BegunDecision(request, rules, reporter.notifier().begin(request));
    }

    /**
     * Decides about a request. A bad request is a decision, never an exception.
     *
     * @param rules finds the request's requirement
     */
    public Decision decide(IncomingRequest request, RequirementSource rules) {
        return decide(begin(request, rules));
    }

    /**
     * Makes a decision that has begun.
     *
     * @throws WouldWaitException if it would have to wait, and must not; it may then be made by another pipeline
     */
    public Decision decide(BegunDecision begun) {
        return ended(begun, decide(begun.request(), begun.rules(), begun.details()));
    }

    /** Refuses a request whose decision has begun and would have to wait for one of too many others. */
    public Decision refuseWaiting(BegunDecision begun) {
        return ended(begun, reporter.tooBusy(begun.request(), begun.details()));
    }

    /** Ends a decision that nobody waits for any more. */
    public void abandon(BegunDecision begun) {
        reporter.abandon(begun.details());
    }

    /** Refuses a request whose decision ended with an unexpected exception. */
    public Decision fail(BegunDecision begun, Throwable failure) {
        return reporter.failed(begun.request(), failure, AuthorizationCheck.NO_ROUTE, begun.details());
    }

    private Decision ended(BegunDecision begun, Decision decision) {
        return reporter.exposed(begun.request(), reporter.notifier().end(decision, begun.details()));
    }

    private Decision decide(IncomingRequest request, RequirementSource rules, AuditDetails details) {
        AccessRequirement requirement = AuthorizationCheck.NO_ROUTE;
        try {
            long version = steps.withdrawal().version();
            steps.rules().requireNetwork(request);
            requirement = found(rules, request, details); // path
            if (requirement.enforced() instanceof AccessRequirement.Open) {
                return open(request, requirement, details);
            }
            Instant now = clock.instant();
            ProvenToken proven = admit(request, requirement.enforced(), details, now); // credentials to authorization
            Optional<RefusedException> trial = trial(request, requirement, Optional.of(proven.token()), details);
            steps.requireNoWait(request, proven, details); // only where a decision must not wait
            Optional<UsualUse> use = reporter.thefts().assess(request, proven.token(), details, now);
            requirement = UsualUse.demanded(use, requirement);
            UsualUse.require(use, steps); // what is usual for the subject
            steps.possession().spend(proven); // the proof
            Map<String, String> counts = steps.limits().count(request, Optional.of(proven.token()), details);
            Decision.Granted granted = reported(request, trial, reporter.granted(proven, counts, details), details);
            reporter.thefts().see(request, granted);
            steps.withdrawal().requireUnchangedSince(version, proven.token(), now);
            use.ifPresent(UsualUse::learn);
            return granted;
        } catch (WouldWaitException elsewhere) {
            throw elsewhere;
        } catch (RefusedException refused) {
            details.counted().failed(refused);
            return reporter.refused(request, refused, requirement, details);
        } catch (RuntimeException | Error failure) {
            return reporter.failed(request, failure, requirement, details);
        }
    }

    private Decision open(IncomingRequest request, AccessRequirement requirement, AuditDetails details)
            throws RefusedException {
        Optional<RefusedException> trial = trial(request, requirement, Optional.empty(), details);
        Map<String, String> counts = steps.limits().count(request, Optional.empty(), details);
        return reported(request, trial, new Decision.Granted(Optional.empty(), counts), details);
    }

    private static AccessRequirement found(RequirementSource rules, IncomingRequest request, AuditDetails details)
            throws RefusedException {
        MatchedRequirement matched = rules.find(request);
        details.decidedBy(matched);
        return matched.requirement();
    }

    /**
     * Decides about a request without an effect: does not count the decision, notifies nobody, and does not use up the proof.
     *
     * @param rules finds the request's requirement
     */
    public Decision explain(IncomingRequest request, RequirementSource rules) {
        AuditDetails details = reporter.notifier().details(request);
        details.counted().stop();
        AccessRequirement requirement = AuthorizationCheck.NO_ROUTE;
        try {
            steps.rules().requireNetwork(request);
            requirement = found(rules, request, details);
            return requirement.enforced() instanceof AccessRequirement.Open
                    ? new Decision.Granted(Optional.empty())
                    : reporter.granted(
                            admit(request, requirement.enforced(), details, clock.instant()), Map.of(), details);
        } catch (RefusedException refused) {
            return reporter.explained(refused, requirement, details);
        } catch (RuntimeException | Error failure) {
            return reporter.explained(reporter.notifier().failed(failure), requirement, details);
        }
    }

    /** All checks that do not use up the request's proof. */
    private ProvenToken admit(IncomingRequest request, AccessRequirement demand, AuditDetails details, Instant now)
            throws RefusedException {
        PresentedCredentials credentials = steps.requests().credentials(request, details);
        steps.requests().requireSecure(request, credentials); // transport, and who caused it
        details.tracked().passed(Stage.CREDENTIALS);
        ValidatedToken token = steps.tokens().validate(credentials, demand.demandsFreshAnswer(), details, now);
        details.tracked().passed(Stage.TOKEN);
        steps.rules().requireClient(token.token());
        steps.requests().requirePlace(request, token.token());
        ProvenToken proven = steps.possession().check(request, credentials, token.token());
        steps.requests().noteProof(proven);
        details.tracked().passed(Stage.POSSESSION);
        steps.withdrawal().requireNotRevoked(token, proven.token(), now);
        steps.withdrawal().requireValidStatus(proven.token());
        details.tracked().passed(Stage.REVOCATION);
        steps.tokens().keep(credentials, token, now);
        steps.rules().require(new AuthorizationRequest(proven.token(), request, now), demand);
        steps.requests().requireOwnAddress(proven.token(), demand);
        details.tracked().passed(Stage.AUTHORIZATION);
        return proven;
    }

    /**
     * Decides again about a request whose token was accepted, such as when a container forwards it to another path: checks
     * the new path's requirement, and whether the token was revoked since.
     */
    public Decision decideAgain(IncomingRequest request, RequirementSource rules, AccessToken accepted) {
        AuditDetails details = reporter.notifier().details(request);
        details.acceptedBefore(accepted);
        AccessRequirement requirement = AuthorizationCheck.NO_ROUTE;
        try {
            long version = steps.withdrawal().version();
            steps.rules().requireNetwork(request);
            requirement = found(rules, request, details);
            Decision.Granted granted = new Decision.Granted(Optional.of(accepted));
            if (requirement.enforced() instanceof AccessRequirement.Open) {
                return reported(request, trial(request, requirement, Optional.of(accepted), details), granted, details);
            }
            Instant now = clock.instant();
            admitAgain(request, requirement.enforced(), accepted, now);
            Decision again =
                    reported(request, trial(request, requirement, Optional.of(accepted), details), granted, details);
            steps.withdrawal().requireUnchangedSince(version, accepted, now);
            return again;
        } catch (RefusedException refused) {
            return reporter.refused(request, refused, requirement, details);
        } catch (RuntimeException | Error failure) {
            return reporter.failed(request, failure, requirement, details);
        }
    }

    /** Does not check the proof of an accepted token again, but everything about the token that can have changed. */
    private void admitAgain(IncomingRequest request, AccessRequirement demand, AccessToken accepted, Instant now)
            throws RefusedException {
        steps.rules().requireClient(accepted);
        if (demand.demandsFreshAnswer()) {
            steps.tokens().askAgain(steps.requests().credentials(request).token(), accepted);
        }
        steps.withdrawal().requireNotRevoked(accepted, now);
        steps.withdrawal().requireValidStatus(accepted);
        steps.rules().require(new AuthorizationRequest(accepted, request, now), demand);
        steps.requests().requireOwnAddress(accepted, demand);
    }

    /**
     * Why the requirement that only reports is not met; empty if it is, or if there is none. May wait, and so comes before
     * everything that has an effect.
     *
     * @param accepted the token that was accepted; empty if the route needs none
     */
    private Optional<RefusedException> trial(
            IncomingRequest request,
            AccessRequirement requirement,
            Optional<AccessToken> accepted,
            AuditDetails details) {
        Optional<AccessRequirement> candidate =
                requirement.reportOnly().filter(demand -> !(demand instanceof AccessRequirement.Open));
        if (candidate.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (accepted.isPresent()) {
                admitAgain(request, candidate.get(), accepted.get(), clock.instant());
            } else {
                ProvenToken unused = admit(request, candidate.get(), details, clock.instant());
            }
            return Optional.empty();
        } catch (WouldWaitException elsewhere) {
            throw elsewhere;
        } catch (RefusedException refused) {
            if (accepted.isEmpty()) {
                details.counted().failed(refused);
            }
            return Optional.of(refused);
        } catch (RuntimeException | Error failure) {
            return Optional.of(reporter.notifier().failed(failure));
        }
    }

    /** Reports what would have refused a request that is granted. */
    private Decision.Granted reported(
            IncomingRequest request, Optional<RefusedException> trial, Decision.Granted granted, AuditDetails details) {
        steps.rules()
                .denialOnTrial(request, granted.accessToken())
                .ifPresent(refused -> reporter.wouldRefuse(refused, details));
        trial.ifPresent(refused -> reporter.wouldRefuse(refused, details));
        return granted;
    }

    /**
     * Validates a token without a request, and so without a proof.
     *
     * @throws RefusedException if it is refused
     */
    public AccessToken validate(String token) throws RefusedException {
        return reporter.notifier().validated(details -> validate(token, details));
    }

    private AccessToken validate(String token, AuditDetails details) throws RefusedException {
        Instant now = clock.instant();
        long version = steps.withdrawal().version();
        ValidatedToken validated = steps.tokens().validate(token, details, now);
        steps.rules().requireClient(validated.token());
        steps.possession().requireUnbound(validated.token());
        steps.withdrawal().requireNotRevoked(validated, validated.token(), now);
        steps.withdrawal().requireValidStatus(validated.token());
        steps.tokens().keep(token, validated, now);
        steps.withdrawal().requireUnchangedSince(version, validated.token(), now);
        return validated.token();
    }

    /**
     * Checks everything about an accepted token that can have changed.
     *
     * @throws RefusedException if it is no longer accepted
     */
    public void validateAgain(AccessToken accepted) throws RefusedException {
        AccessToken unused =
                reporter.notifier().observed(DecisionCounters.TOKEN, details -> checkAgain(accepted, details));
    }

    private AccessToken checkAgain(AccessToken accepted, AuditDetails details) throws RefusedException {
        details.acceptedBefore(accepted);
        long version = steps.withdrawal().version();
        Instant now = clock.instant();
        steps.tokens().validateAgain(accepted, now);
        steps.rules().requireClient(accepted);
        steps.withdrawal().requireNotRevoked(accepted, now);
        steps.withdrawal().requireValidStatus(accepted);
        steps.withdrawal().requireUnchangedSince(version, accepted, now);
        return accepted;
    }
}
