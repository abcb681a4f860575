package io.tokenguard.internal.pipeline;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.internal.audit.FeedLog;
import io.tokenguard.spi.GuardObserver;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Notifies observers of refusals.
 *
 * @param observers are notified
 * @param failures logs what fails
 * @param received logs accepted tokens of feeds
 * @param terms what observers are notified of
 */
public record ObserverNotifier(List<GuardObserver> observers, FailureLog failures, FeedLog received, AuditTerms terms) {
    AuditDetails details(IncomingRequest request) {
        return new AuditDetails(terms, request);
    }

    void tell(BiConsumer<GuardObserver, Refusal> event, Refusal refusal) {
        for (GuardObserver observer : observers) {
            try {
                event.accept(observer, refusal);
            } catch (RuntimeException | VirtualMachineError failure) {
                failures.observerFailed(failure);
            }
        }
    }

    /** A validation without a request. */
    interface Validation<T> {
        T of(AuditDetails auditDetails) throws RefusedException;
    }

    /** Runs a validation without a request; notifies observers if it refuses. */
    <T> T observed(Validation<T> validation) throws RefusedException {
        AuditDetails auditDetails = new AuditDetails(terms, null);
        try {
            return validation.of(auditDetails);
        } catch (RefusedException refused) {
            tell(GuardObserver::refused, auditDetails.refusal(refused));
            throw refused;
        } catch (RuntimeException | Error failure) {
            RefusedException refused = failed(failure);
            tell(GuardObserver::refused, auditDetails.refusal(refused));
            throw refused;
        }
    }

    /** The refusal if no decision could be made. */
    RefusedException failed(Throwable failure) {
        failures.requestFailed(failure);
        return new RefusedException(RefusalReason.INTERNAL_FAILURE);
    }
}
