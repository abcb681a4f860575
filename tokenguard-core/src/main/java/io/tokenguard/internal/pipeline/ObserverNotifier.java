package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.TheftSignal;
import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.internal.audit.FeedLog;
import io.tokenguard.internal.telemetry.DecisionCounters;
import io.tokenguard.internal.waiting.WouldWaitException;

/**
 * Counts decisions, and notifies observers of them.
 *
 * @param observers are notified
 * @param events notifies them in the background
 * @param counters counts
 * @param failures logs what fails
 * @param received logs accepted tokens of feeds
 * @param terms what observers are notified of
 */
public record ObserverNotifier(
        Observers observers,
        BackgroundEvents events,
        DecisionCounters counters,
        FailureLog failures,
        FeedLog received,
        AuditTerms terms) {
    AuditDetails details(IncomingRequest request) {
        return new AuditDetails(terms, request);
    }

    /** A decision about a request begins. */
    AuditDetails begin(IncomingRequest request) {
        AuditDetails details = new AuditDetails(terms, request);
        details.tracked().begin(observers, request);
        return details;
    }

    /** A decision about a request is made. */
    Decision end(Decision decision, AuditDetails details) {
        if (decision instanceof Decision.Granted granted) {
            if (granted.accessToken().isPresent()) {
                granted(granted.accessToken().get(), details);
            } else {
                grantedOpenly(details);
            }
        }
        details.tracked().end(this, decision);
        return decision;
    }

    private void grantedOpenly(AuditDetails details) {
        counters.granted(details.tracked().route());
        if (!observers.ofGrants().isEmpty()) {
            observers.tellOfGrant(observer -> observer.granted(details.grant(counters)));
        }
    }

    private void granted(AccessToken token, AuditDetails details) {
        counters.granted(details.tracked().route(), token.issuer());
        if (!observers.ofGrants().isEmpty()) {
            details.answered(token);
            observers.tellOfGrant(observer -> observer.granted(details.grant(counters)));
        }
    }

    /** Something was refused. */
    Refusal refused(AuditDetails details, RefusedException refused) {
        Refusal refusal = details.refusal(refused, counters);
        counters.refused(details.tracked().route(), refusal);
        observers.tell(observer -> observer.refused(refusal));
        return refusal;
    }

    void wouldRefuse(AuditDetails details, RefusedException refused) {
        Refusal refusal = details.refusal(refused, counters);
        counters.wouldRefuse(details.tracked().route(), refusal.reason());
        observers.tell(observer -> observer.wouldRefuse(refusal));
    }

    void suspected(TheftSignal suspicion) {
        counters.suspected(suspicion.kind());
        observers.tell(observer -> observer.suspected(suspicion));
    }

    /** A validation without a request. */
    interface Validation<T> {
        T of(AuditDetails auditDetails) throws RefusedException;
    }

    /** Validates a token without a request. */
    AccessToken validated(Validation<AccessToken> validation) throws RefusedException {
        AuditDetails details = new AuditDetails(terms, null);
        details.tracked().decidedBy(DecisionCounters.TOKEN);
        details.tracked().begin(observers);
        AccessToken token = observed(details, validation);
        granted(token, details);
        details.tracked().endOfToken(counters, token);
        return token;
    }

    /** Runs a validation without a request; notifies observers only if it refuses. */
    <T> T observed(int route, Validation<T> validation) throws RefusedException {
        AuditDetails details = new AuditDetails(terms, null);
        details.tracked().decidedBy(route);
        return observed(details, validation);
    }

    private <T> T observed(AuditDetails details, Validation<T> validation) throws RefusedException {
        try {
            return validation.of(details);
        } catch (RefusedException refused) {
            details.tracked().endOfToken(counters, refused(details, refused));
            throw refused;
        } catch (WouldWaitException elsewhere) {
            throw elsewhere;
        } catch (RuntimeException | Error failure) {
            RefusedException refused = failed(failure);
            details.tracked().endOfToken(counters, refused(details, refused));
            throw refused;
        }
    }

    /** The refusal if no decision could be made. */
    RefusedException failed(Throwable failure) {
        failures.requestFailed(failure);
        return new RefusedException(RefusalReason.INTERNAL_FAILURE);
    }
}
