package io.tokenguard.internal.settings;

import io.tokenguard.access.Route;
import java.util.List;

/**
 * The requirements of requests.
 *
 * @param routes the rules, in their order
 * @param scopeHierarchies scopes that include those after them, the highest first
 * @param scopeWildcards scopes that include all with the same beginning; each ends in its only {@code *}
 * @param acrOrder values of {@code acr}, the weakest first
 * @param console the console, which has rules of its own
 * @param policies named lists, and what is denied before anything else
 */
public record AccessSettings(
        List<Route> routes,
        List<List<String>> scopeHierarchies,
        List<String> scopeWildcards,
        List<String> acrOrder,
        ConsoleSettings console,
        PolicySettings policies) {
    /** Copies the lists. */
    public AccessSettings {
        routes = List.copyOf(routes);
        scopeHierarchies = List.copyOf(scopeHierarchies);
        scopeWildcards = List.copyOf(scopeWildcards);
        acrOrder = List.copyOf(acrOrder);
    }
}
