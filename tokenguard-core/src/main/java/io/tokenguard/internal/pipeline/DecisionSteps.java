package io.tokenguard.internal.pipeline;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.internal.possession.PossessionCheck;
import io.tokenguard.internal.possession.ProvenToken;
import java.util.Optional;

/**
 * The steps, in their order.
 *
 * @param requests path, credentials and transport
 * @param tokens cached token, or parse to claims, or introspection; lifetime
 * @param possession whether the sender may use the token
 * @param withdrawal revocation and status list
 * @param rules who gets nothing, and whether the token permits the request
 * @param limits whether there are too many requests
 */
public record DecisionSteps(
        RequestReader requests,
        TokenValidator tokens,
        PossessionCheck possession,
        WithdrawalCheck withdrawal,
        AccessRules rules,
        RequestLimits limits) {
    DecisionSteps withoutWaiting() {
        return new DecisionSteps(
                requests,
                tokens.withoutWaiting(),
                possession.withoutWaiting(),
                withdrawal.withoutWaiting(),
                rules,
                limits.withoutWaiting());
    }

    /**
     * Ends a decision that must not wait, if its proof or its count would. Comes before everything that may happen only once.
     *
     * @throws io.tokenguard.internal.waiting.WouldWaitException if it would wait
     */
    void requireNoWait(IncomingRequest request, ProvenToken proven, AuditDetails details) {
        possession.requireNoWait(proven);
        limits.requireNoWait(request, Optional.of(proven.token()), details);
    }
}
