package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Route;
import io.tokenguard.internal.authorization.AuthorizationCheck;
import io.tokenguard.internal.pipeline.MatchedRequirement.Origin;
import io.tokenguard.internal.request.Preflight;
import io.tokenguard.internal.request.RequestPath;
import io.tokenguard.internal.request.RouteTable;
import io.tokenguard.internal.telemetry.DecisionCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requirements by the guard's own routes. Requests that match no route are denied.
 *
 * @param routes the routes
 * @param passesPreflight whether CORS preflights pass without a token
 * @param origins the settings that state the routes, by the numbers of the routes
 * @param trials what is tried on them
 */
public record RouteRequirements(RouteTable routes, boolean passesPreflight, List<Origin> origins, RouteTrials trials)
        implements RequirementSource {
    static final MatchedRequirement NO_ROUTE =
            new MatchedRequirement(DecisionCounters.NO_ROUTE, AuthorizationCheck.NO_ROUTE);
    private static final MatchedRequirement PREFLIGHT =
            new MatchedRequirement(DecisionCounters.NO_ROUTE, AccessRequirement.open());

    /**
     * Requirements by routes.
     *
     * @param console the number of the route that guards the console; negative if there is none
     * @param keys the properties that set routes; routes that are set in code are missing
     */
    public static RouteRequirements of(
            RouteTable routes, boolean passesPreflight, int console, Map<Route, String> keys) {
        List<Origin> origins = new ArrayList<>();
        for (Route route : routes.routes()) {
            boolean isOfConsole = origins.size() == console;
            origins.add(isOfConsole ? Origin.CONSOLE : Origin.route(keys.getOrDefault(route, "tokenguard.routes")));
        }
        return new RouteRequirements(routes, passesPreflight, List.copyOf(origins), new RouteTrials());
    }

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
                        origins.get(match.number())));
    }
}
