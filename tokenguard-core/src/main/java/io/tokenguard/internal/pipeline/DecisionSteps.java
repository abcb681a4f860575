package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.authorization.DenyList;
import io.tokenguard.internal.possession.PossessionCheck;
import java.util.Optional;

/**
 * The steps, in their order.
 *
 * @param denials networks and clients that get nothing
 * @param requests path, credentials and transport
 * @param tokens cached token, or parse to claims, or introspection; lifetime
 * @param possession whether the sender may use the token
 * @param withdrawal revocation and status list
 * @param authorization whether the token permits the request
 * @param limits whether there are too many requests
 */
public record DecisionSteps(
        DenyList denials,
        RequestReader requests,
        TokenValidator tokens,
        PossessionCheck possession,
        WithdrawalCheck withdrawal,
        AuthorizationCheck authorization,
        RequestLimits limits) {
    DecisionSteps withoutWaiting() {
        return new DecisionSteps(
                denials,
                requests,
                tokens.withoutWaiting(),
                possession.withoutWaiting(),
                withdrawal.withoutWaiting(),
                authorization,
                limits);
    }

    void requireNetwork(IncomingRequest request) throws RefusedException {
        if (!denials.isReportOnly()) {
            denials.requireNetwork(request);
        }
    }

    /** Why the deny list would refuse a request that is granted, if it is in report-only mode; empty if it would not. */
    Optional<RefusedException> reportedDenial(IncomingRequest request, Optional<AccessToken> token) {
        if (!denials.isReportOnly()) {
            return Optional.empty();
        }
        try {
            denials.requireNetwork(request);
            if (token.isPresent()) {
                denials.requireClient(token.get());
            }
            return Optional.empty();
        } catch (RefusedException refused) {
            return Optional.of(refused);
        }
    }

    void requireClient(AccessToken token) throws RefusedException {
        if (!denials.isReportOnly()) {
            denials.requireClient(token);
        }
    }
}
