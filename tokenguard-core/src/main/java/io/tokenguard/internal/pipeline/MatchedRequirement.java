package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.internal.telemetry.DecisionCounters;
import java.util.Optional;

/**
 * The requirement of a request.
 *
 * @param route where it comes from, as a number of {@link DecisionCounters}
 * @param requirement the requirement
 * @param handler the handler that states it, or a part of it; without a name if there is none
 * @param origin the settings that state it
 */
public record MatchedRequirement(
        int route, AccessRequirement requirement, IncomingRequest.Handler handler, Origin origin) {
    private static final IncomingRequest.Handler NO_HANDLER = Optional::empty;

    /**
     * The settings that state a requirement.
     *
     * @param scope the one that decides about scopes and all else
     * @param role the one that decides about roles
     */
    record Origin(String scope, String role) {
        /** Routes that are set in code. */
        static final Origin ROUTES = route("tokenguard.routes");
        /** The console. */
        static final Origin CONSOLE = new Origin("tokenguard.console.scope", "tokenguard.console.role");
        /** The health document. */
        static final Origin HEALTH = new Origin("tokenguard.health.scope", "");
        /** None: the application or an annotation. */
        static final Origin CODE = route("");

        /** The property of a route. */
        static Origin route(String key) {
            return new Origin(key, key);
        }

        /** The setting that decides about a refusal; empty if none does. */
        String setting(RefusalReason reason) {
            return reason == RefusalReason.ROLE_INSUFFICIENT ? role : scope;
        }
    }

    /** A requirement that no handler states. */
    MatchedRequirement(int route, AccessRequirement requirement) {
        this(route, requirement, Origin.ROUTES);
    }

    /** A requirement that no handler states. */
    MatchedRequirement(int route, AccessRequirement requirement, Origin origin) {
        this(route, requirement, NO_HANDLER, origin);
    }

    /** A requirement that an adapter supplied. */
    public static MatchedRequirement supplied(AccessRequirement requirement) {
        return new MatchedRequirement(DecisionCounters.SUPPLIED, requirement, Origin.CODE);
    }

    /** The requirement of the health document's details. */
    static MatchedRequirement ofHealth(AccessRequirement requirement) {
        return new MatchedRequirement(DecisionCounters.SUPPLIED, requirement, Origin.HEALTH);
    }

    /** The requirement of a handler, for a request that no route covers. A handler that states none is denied. */
    public static MatchedRequirement of(IncomingRequest.Handler handler) {
        return handler.requirement()
                .map(stated -> new MatchedRequirement(DecisionCounters.SUPPLIED, stated, handler, Origin.CODE))
                .orElseGet(() -> new MatchedRequirement(
                        DecisionCounters.NO_ROUTE, RouteRequirements.NO_ROUTE.requirement(), handler, Origin.ROUTES));
    }

    /** Whether a route states it, or a part of it. */
    boolean isOfRoute() {
        return route >= DecisionCounters.FIRST_RULE;
    }

    /**
     * Whether a request without a token is counted by another decision: an adapter decides again once it has selected a handler,
     * unless a route states the requirement, or another adapter has decided before.
     */
    boolean isCountedElsewhere() {
        return handler.isCounted() || (!isOfRoute() && !handler.isSelected());
    }

    /** Whether no route can have stated it. */
    boolean isSupplied() {
        return route == DecisionCounters.SUPPLIED;
    }

    /** What states it, for the log: a route, a handler, or both; empty if neither is known. */
    String source(DecisionCounters counters) {
        String name = handler.name().replace('$', '.'); // of nested classes; the log escapes the sign
        String ofHandler = name.isEmpty() ? "" : "handler " + name;
        if (!isOfRoute()) {
            return ofHandler;
        }
        return "route " + counters.route(route) + (ofHandler.isEmpty() ? "" : " and " + ofHandler);
    }
}
