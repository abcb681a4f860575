package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks for signs of theft.
 *
 * @param signals by fixed thresholds
 * @param baseline by what is usual for a subject
 */
public record TheftSteps(TheftResponder signals, BaselineCheck baseline) {
    Decision see(IncomingRequest request, Decision decision) {
        return signals.see(request, decision);
    }

    Optional<UsualUse> assess(IncomingRequest request, AccessToken token, AuditDetails details, Instant now) {
        return baseline.assess(request, token, details, now);
    }

    /** Whether a sign may cause a revocation, which may wait for a shared store. */
    public boolean mayRevoke() {
        return signals.withdraws() || baseline.terms().response() == BaselineTerms.Response.REVOKE;
    }
}
