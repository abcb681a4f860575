package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.TheftSignal;
import io.tokenguard.access.TheftSignal.Kind;
import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.internal.audit.SafeText;
import io.tokenguard.internal.theft.TheftWatch;
import io.tokenguard.spi.GuardObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks for signs of theft in decisions, and reports them. Refuses a token that it revokes at once; apart from that it
 * changes no decision, whatever fails.
 *
 * @param watch detects signs; empty if detection is off
 * @param observers are notified of signs
 * @param withdraws whether a stolen bearer token is revoked
 * @param revocations stores revocations, and returns whether they are stored
 */
public record TheftResponder(
        Optional<TheftWatch> watch,
        List<GuardObserver> observers,
        boolean withdraws,
        Predicate<Revocation> revocations) {
    Decision see(IncomingRequest request, Decision decision) {
        if (watch.isEmpty()) {
            return decision;
        }
        try {
            look(watch.get(), request, decision);
        } catch (RuntimeException | VirtualMachineError failure) {
            FailureLog.observerFailed(failure);
        }
        return decision;
    }

    private void look(TheftWatch eyes, IncomingRequest request, Decision decision) {
        if (decision instanceof Decision.Granted granted) {
            granted.accessToken()
                    .ifPresent(token -> eyes.passed(request, token, (kind, count) -> suspect(token, kind, count)));
        } else if (decision instanceof Decision.Refused refused
                && TheftWatch.isOfProofs(refused.refusal().reason())) {
            fingerprint(request)
                    .ifPresent(token -> eyes.refused(
                            refused.refusal().reason(),
                            token,
                            (kind, count) -> tell(suspicion(refused.refusal(), token, kind, count))));
        }
    }

    /**
     * The fingerprint of the token in a request whose proof was checked: it has exactly one field, of a scheme and a token.
     */
    private static Optional<String> fingerprint(IncomingRequest request) {
        return request.headers().valuesOf("Authorization").stream()
                .findFirst()
                .map(field -> field.substring(field.indexOf(' ') + 1).strip())
                .map(token -> Revocation.presented(token).target());
    }

    private void suspect(AccessToken token, Kind kind, int count) {
        boolean isKept = withdraws && revocations.test(Revocation.fingerprint(token.fingerprint()));
        tell(TheftSignal.builder(kind, count)
                .fingerprint(token.fingerprint())
                .issuer(SafeText.value(token.issuer()))
                .clientId(SafeText.value(token.clientId().orElse("")))
                .subject(SafeText.value(token.subject().orElse("")))
                .revoked(isKept)
                .build());
    }

    private static TheftSignal suspicion(Refusal refusal, String token, Kind kind, int count) {
        return TheftSignal.builder(kind, count)
                .fingerprint(token)
                .issuer(refusal.issuer())
                .clientId(refusal.clientId())
                .subject(refusal.subject())
                .build();
    }

    private void tell(TheftSignal suspicion) {
        for (GuardObserver observer : observers) {
            try {
                observer.suspected(suspicion);
            } catch (RuntimeException | VirtualMachineError failure) {
                FailureLog.observerFailed(failure);
            }
        }
    }
}
