package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AuthorizationRequest;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.authorization.DenyList;
import java.util.Optional;

/**
 * Who gets nothing, and what a route demands. Immutable.
 *
 * @param denials networks and clients that get nothing
 * @param authorization whether the token permits the request
 */
public record AccessRules(DenyList denials, AuthorizationCheck authorization) {
    void requireNetwork(IncomingRequest request) throws RefusedException {
        if (!denials.isReportOnly()) {
            denials.requireNetwork(request);
        }
    }

    void requireClient(AccessToken token) throws RefusedException {
        if (!denials.isReportOnly()) {
            denials.requireClient(token);
        }
    }

    void require(AuthorizationRequest attempt, AccessRequirement demand) throws RefusedException {
        authorization.require(attempt, demand);
    }

    /** Why a deny list in report-only mode would refuse a request; empty if it would not, or is enforced. */
    Optional<RefusedException> denialOnTrial(IncomingRequest request, Optional<AccessToken> token) {
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
}
