package io.tokenguard.internal.authorization;

import io.tokenguard.access.ConfigurationException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which scopes include others, as configured. Immutable.
 *
 * @param higher for each scope, those that directly include it
 * @param wildcards scopes that end in {@code *} and include all that begin like them
 */
public record ScopeOrder(Map<String, Set<String>> higher, Set<String> wildcards) {
    /** No scope includes another. */
    public static final ScopeOrder NONE = new ScopeOrder(Map.of(), Set.of());

    private static final String WILDCARD = "*";

    /** Copies the collections. */
    public ScopeOrder {
        higher = Map.copyOf(higher);
        wildcards = Set.copyOf(wildcards);
    }

    /**
     * The same order, in which one scope also includes another.
     *
     * @throws ConfigurationException if the other one includes it already
     */
    public ScopeOrder with(String above, String below) {
        if (isGranted(above, Set.of(below))) {
            throw ConfigurationException.of(
                    "tokenguard.scope-hierarchy",
                    above + " > " + below,
                    "'" + below + "' already includes '" + above + "'; remove one of the two");
        }
        Map<String, Set<String>> all = new HashMap<>(higher);
        all.merge(below, Set.of(above), ScopeOrder::union);
        return new ScopeOrder(all, wildcards);
    }

    /**
     * The same order, with a scope that includes all that begin like it.
     *
     * @param scope such as {@code orders:*}
     * @throws ConfigurationException if it does not end in {@code *}, or {@code *} is all of it
     */
    public ScopeOrder withWildcard(String scope) {
        if (scope.indexOf(WILDCARD) != scope.length() - 1 || scope.length() < 2) {
            throw ConfigurationException.of(
                    "tokenguard.scope-wildcards", scope, "name scopes that end in their only '*', such as orders:*");
        }
        return new ScopeOrder(higher, union(wildcards, Set.of(scope)));
    }

    /** Whether a scope is granted, itself or by one that includes it. */
    boolean isGranted(String scope, Set<String> held) {
        return held.contains(scope) || isImplied(scope, held, new HashSet<>());
    }

    /** Visits no scope twice, as an order with wildcards may have cycles. */
    private boolean isImplied(String scope, Set<String> held, Set<String> asked) {
        if (!asked.add(scope)) {
            return false;
        }
        return above(scope).stream().anyMatch(upper -> held.contains(upper) || isImplied(upper, held, asked));
    }

    private Set<String> above(String scope) {
        Set<String> above = new HashSet<>(higher.getOrDefault(scope, Set.of()));
        wildcards.stream().filter(wildcard -> covers(wildcard, scope)).forEach(above::add);
        return above;
    }

    private static boolean covers(String wildcard, String scope) {
        int fixed = wildcard.length() - 1;
        return scope.length() > fixed && scope.regionMatches(0, wildcard, 0, fixed);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return Collections.unmodifiableSet(both);
    }
}
