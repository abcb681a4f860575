package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.pipeline.MatchedRequirement.Origin;
import io.tokenguard.internal.request.Preflight;
import io.tokenguard.internal.request.RequestPath;
import io.tokenguard.internal.request.RouteTable;
import io.tokenguard.internal.telemetry.DecisionCounters;
import java.util.Optional;

/**
 * Requirements by the guard's own routes. Requests that match no route are denied.
 *
 * @param routes the routes
 * @param passesPreflight whether CORS preflights pass without a token
 * @param console the number of the route that guards the console; negative if there is none
 * @param trials what is tried on them
 */
public record RouteRequirements(RouteTable routes, boolean passesPreflight, int console, RouteTrials trials)
        implements RequirementSource {
    static final MatchedRequirement NO_ROUTE =
            new MatchedRequirement(DecisionCounters.NO_ROUTE, AuthorizationCheck.NO_ROUTE);
    private static final MatchedRequirement PREFLIGHT =
            new MatchedRequirement(DecisionCounters.NO_ROUTE, AccessRequirement.open());

    @Override
    public MatchedRequirement find(IncomingRequest request) throws RefusedException {
        return match(request).orElse(NO_ROUTE);
    }

    /**
     * The requirement of the route that matches; empty if none does.
     *
     * @throws RefusedException if the request's path is ambiguous
     */
    Optional<MatchedRequirement> match(IncomingRequest request) throws RefusedException {
        RequestPath.requireServable(request);
        if (passesPreflight && Preflight.isPreflight(request)) {
            return Optional.of(PREFLIGHT);
        }
        return routes.match(request.method(), request.path())
                .map(match -> new MatchedRequirement(
                        DecisionCounters.FIRST_RULE + match.number(),
                        trials.tried(match.number(), match.requirement()),
                        origin(match.number())));
    }

    private Origin origin(int number) {
        return number == console ? Origin.CONSOLE : Origin.ROUTES;
    }
}
