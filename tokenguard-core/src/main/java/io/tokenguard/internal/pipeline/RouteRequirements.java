package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.request.Preflight;
import io.tokenguard.internal.request.RequestPath;
import io.tokenguard.internal.request.RouteTable;

/**
 * Requirements by the guard's own routes. Requests that match no route are denied.
 *
 * @param routes the routes
 * @param passesPreflight whether CORS preflights pass without a token
 */
public record RouteRequirements(RouteTable routes, boolean passesPreflight) implements RequirementSource {
    @Override
    public AccessRequirement find(IncomingRequest request) throws RefusedException {
        RequestPath.requireServable(request);
        if (passesPreflight && Preflight.isPreflight(request)) {
            return AccessRequirement.open();
        }
        return routes.find(request.method(), request.path()).orElse(AuthorizationCheck.NO_ROUTE);
    }
}
