package io.tokenguard.internal.authorization;

import io.tokenguard.access.ConfigurationException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which scopes stand for others, as far as the user declares it. Immutable.
 *
 * @param higher for a scope, those that stand right above it
 * @param wildcards scopes that end in {@code *} and stand for all that begin as they do
 */
public record ScopeOrder(Map<String, Set<String>> higher, Set<String> wildcards) {
    /** Every scope stands for itself only. */
    public static final ScopeOrder NONE = new ScopeOrder(Map.of(), Set.of());

    private static final String WILDCARD = "*";

    /** Copies the collections. */
    public ScopeOrder {
        higher = Map.copyOf(higher);
        wildcards = Set.copyOf(wildcards);
    }

    /**
     * The same order, in which one scope stands for another too.
     *
     * @throws ConfigurationException if the other one stands for it already
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
     * The same order, with a scope that stands for all that begin as it does.
     *
     * @param scope such as {@code orders:*}
     * @throws ConfigurationException if it does not end in {@code *}, or there is nothing before it
     */
    public ScopeOrder withWildcard(String scope) {
        if (scope.indexOf(WILDCARD) != scope.length() - 1 || scope.length() < 2) {
            throw ConfigurationException.of(
                    "tokenguard.scope-wildcards", scope, "name scopes that end in their only '*', such as orders:*");
        }
        return new ScopeOrder(higher, union(wildcards, Set.of(scope)));
    }

    /** Whether a scope is held, or one that stands for it. */
    boolean isGranted(String scope, Set<String> held) {
        return held.contains(scope) || isImplied(scope, held, new HashSet<>());
    }

    /** No scope is asked for twice, for an order with wildcards may go round. */
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
