package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import java.util.Optional;

/**
 * Requirements by the guard's own routes and by the handler that a framework selects: both must be met. A request that neither
 * names is denied. A handler can't weaken a route.
 *
 * @param routes the guard's routes
 * @param handler the request's handler, used once the path is known to be unambiguous
 */
public record HandlerRequirements(RouteRequirements routes, IncomingRequest.Handler handler)
        implements RequirementSource {
    @Override
    public MatchedRequirement find(IncomingRequest request) throws RefusedException {
        Optional<MatchedRequirement> route = routes.match(request);
        if (route.isEmpty()) {
            return MatchedRequirement.of(handler);
        }
        MatchedRequirement matched = route.get();
        return handler.requirement()
                .map(own -> new MatchedRequirement(
                        matched.route(), both(matched.requirement(), own), handler, matched.origin()))
                .orElse(matched);
    }

    private static AccessRequirement both(AccessRequirement route, AccessRequirement handler) {
        AccessRequirement enforced = meet(route.enforced(), handler.enforced());
        return route.reportOnly()
                .map(candidate -> enforced.reportOnly(meet(candidate, handler.enforced())))
                .orElse(enforced);
    }

    private static AccessRequirement meet(AccessRequirement route, AccessRequirement handler) {
        if (route instanceof AccessRequirement.Open || handler instanceof AccessRequirement.Denied) {
            return handler;
        }
        boolean isRouteAll = route instanceof AccessRequirement.Denied || handler instanceof AccessRequirement.Open;
        return isRouteAll ? route : route.and(handler);
    }
}
