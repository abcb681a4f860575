package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.telemetry.DecisionCounters;
import io.tokenguard.internal.theft.BaselineWatch;
import java.time.Instant;
import java.util.Optional;

/**
 * Compares requests with what is usual for their subject. A failure of it changes no decision. Thread-safe.
 *
 * @param watch compares; empty if that is off
 * @param terms what an unusual request causes
 * @param thefts reports it
 */
public record BaselineCheck(Optional<BaselineWatch> watch, BaselineTerms terms, TheftResponder thefts) {
    /** How usual a request with an accepted token is. Without an effect. Empty if it is not compared. */
    Optional<UsualUse> assess(IncomingRequest request, AccessToken token, AuditDetails details, Instant now) {
        if (watch.isEmpty()) {
            return Optional.empty();
        }
        try {
            BaselineWatch.Place place = place(token, details, now);
            return watch.get()
                    .assess(request, token, place)
                    .map(result -> new UsualUse(this, new UsualUse.Sent(request, token), place, result));
        } catch (RuntimeException | VirtualMachineError failure) {
            thefts.notifier().failures().observerFailed(failure);
            return Optional.empty();
        }
    }

    private BaselineWatch.Place place(AccessToken token, AuditDetails details, Instant now) {
        DecisionCounters counters = thefts.notifier().counters();
        int route = details.tracked().route();
        return new BaselineWatch.Place(
                counters.issuerLabel(token.issuer()),
                route >= DecisionCounters.FIRST_RULE ? counters.route(route) : "",
                now);
    }

    /** A request is unusual. A failure to report or to revoke changes no decision. */
    void report(UsualUse use, boolean isToRevoke) {
        try {
            if (use.assessment().isSignalDue()) {
                thefts.unusual(use.sent().token(), use.assessment(), isToRevoke);
            } else if (isToRevoke) {
                boolean unused = thefts.revoke(use.sent().token());
            }
        } catch (RuntimeException | VirtualMachineError failure) {
            thefts.notifier().failures().observerFailed(failure);
        }
    }

    /** The request is granted. */
    void learn(UsualUse use) {
        try {
            watch.ifPresent(known -> known.learn(use.assessment(), use.sent().token(), use.place()));
        } catch (RuntimeException | VirtualMachineError failure) {
            thefts.notifier().failures().observerFailed(failure);
        }
    }
}
