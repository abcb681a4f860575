package io.tokenguard.internal.settings;

import io.tokenguard.access.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The requirements of requests.
 *
 * @param routes the rules, in their order
 * @param scopeHierarchies scopes that include those after them, the highest first
 * @param scopeWildcards scopes that include all with the same beginning; each ends in its only {@code *}
 * @param acrOrder values of {@code acr}, the weakest first
 * @param console the console, which has rules of its own
 * @param keys the properties that set routes; routes that are set in code are missing
 */
public record AccessSettings(
        List<Route> routes,
        List<List<String>> scopeHierarchies,
        List<String> scopeWildcards,
        List<String> acrOrder,
        ConsoleSettings console,
        Map<Route, String> keys) {
    /** Copies the lists. */
    public AccessSettings {
        routes = List.copyOf(routes);
        scopeHierarchies = List.copyOf(scopeHierarchies);
        scopeWildcards = List.copyOf(scopeWildcards);
        acrOrder = List.copyOf(acrOrder);
        keys = Map.copyOf(keys);
    }

    /** A route in a message: its property, or its pattern if it is set in code. */
    public String name(Route route) {
        return name(route, keys);
    }

    static String name(Route route, Map<Route, String> keys) {
        return keys.getOrDefault(route, "The route '" + route.pattern() + "'");
    }

    /** The properties that set some routes, for the end of a message; empty if none is set by a property. */
    public String named(Stream<Route> some) {
        String names = some.flatMap(route -> Optional.ofNullable(keys.get(route)).stream())
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " (" + names + ")";
    }
}
