package io.tokenguard.internal.assembly;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Route;
import io.tokenguard.internal.pipeline.RouteTrials;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tries requirements on the rules of one configuration.
 *
 * @param guard the guard as this configuration makes it
 */
public record RuleTrials(AssembledGuard guard) {
    /** The rules, the most specific first; one on trial has its candidate in report-only mode. */
    public List<Route> rules() {
        Map<Integer, AccessRequirement> candidates = trials().candidates();
        List<Route> rules = guard.routes().routes().routes();
        return Numbered.of(rules).stream()
                .map(rule -> Optional.ofNullable(candidates.get(rule.number()))
                        .map(candidate ->
                                rule.requiring(rule.route().requirement().reportOnly(candidate)))
                        .orElse(rule.route()))
                .toList();
    }

    /** The requirements on trial, by the names of their rules. */
    public Map<String, AccessRequirement> onTrial() {
        Map<Integer, AccessRequirement> candidates = trials().candidates();
        Map<String, AccessRequirement> named = new LinkedHashMap<>();
        for (Numbered rule : Numbered.of(guard.routes().routes().routes())) {
            Optional.ofNullable(candidates.get(rule.number()))
                    .ifPresent(candidate -> named.put(rule.route().name(), candidate));
        }
        return named;
    }

    /**
     * Tries a requirement on a rule.
     *
     * @throws IllegalArgumentException if there is no such rule, or if the requirement can't be tried on it
     */
    public void start(String name, AccessRequirement candidate) {
        Numbered rule = find(name);
        if (rule.route().requirement().reportOnly().isPresent()) {
            throw new IllegalArgumentException(
                    "the configuration has a report-only requirement for this rule already; change it there");
        }
        Route bound = rule.requiring(candidate);
        guard.obstacle(bound.requirement()).ifPresent(obstacle -> {
            throw new IllegalArgumentException("no request can meet the requirement: " + obstacle);
        });
        if (readsNetworkLists(bound.requirement())) {
            throw new IllegalArgumentException("name networks themselves: lists of networks are opened at start only");
        }
        trials().set(rule.number(), Optional.of(bound.requirement()));
    }

    private static boolean readsNetworkLists(AccessRequirement requirement) {
        return PolicyRules.conditions(requirement)
                .anyMatch(condition ->
                        condition.isOfNetwork() && !condition.lists().isEmpty());
    }

    /**
     * Ends a trial.
     *
     * @return whether there was one
     * @throws IllegalArgumentException if there is no such rule
     */
    public boolean end(String name) {
        Numbered rule = find(name);
        boolean isOnTrial = trials().candidates().containsKey(rule.number());
        trials().set(rule.number(), Optional.empty());
        return isOnTrial;
    }

    private RouteTrials trials() {
        return guard.routes().trials();
    }

    private Numbered find(String name) {
        return Numbered.of(guard.routes().routes().routes()).stream()
                .filter(rule -> rule.route().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no rule has this name; write it as TokenGuard.rules() and the console's list of rules do, with methods"
                                + " and path, such as 'GET /orders/**'"));
    }

    /** A rule with its number. */
    private record Numbered(int number, Route route) {
        static List<Numbered> of(List<Route> rules) {
            return IntStream.range(0, rules.size())
                    .mapToObj(number -> new Numbered(number, rules.get(number)))
                    .toList();
        }

        /** Binds path variables. */
        Route requiring(AccessRequirement requirement) {
            return new Route(route.methods(), route.pattern(), requirement);
        }
    }
}
