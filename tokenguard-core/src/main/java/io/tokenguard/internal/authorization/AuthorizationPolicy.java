package io.tokenguard.internal.authorization;

import io.tokenguard.access.ConfigurationException;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration declares about scopes, authentication and this API. Immutable.
 *
 * @param scopes which scopes include others
 * @param acrOrder values of {@code acr}, the weakest first
 * @param resource the API's own address, which authorization details name; empty if it is not known
 * @param conditions what conditions read beside the token and the request
 */
public record AuthorizationPolicy(
        ScopeOrder scopes, List<String> acrOrder, Optional<String> resource, ConditionSources conditions) {
    /** Without declarations. */
    public static final AuthorizationPolicy NONE =
            new AuthorizationPolicy(ScopeOrder.NONE, List.of(), Optional.empty(), ConditionSources.NONE);

    /** Copies the order. */
    public AuthorizationPolicy {
        acrOrder = List.copyOf(acrOrder);
    }

    /**
     * The same policy, in which each scope includes those after it.
     *
     * @throws ConfigurationException if there is only one, or their order contradicts an earlier one
     */
    public AuthorizationPolicy withHierarchy(List<String> highestFirst) {
        if (highestFirst.size() < 2) {
            throw ConfigurationException.of(
                    "tokenguard.scope-hierarchy",
                    String.join("", highestFirst),
                    "name at least two scopes, such as admin > orders:read");
        }
        ScopeOrder order = scopes;
        for (int i = 1; i < highestFirst.size(); i++) {
            order = order.with(highestFirst.get(i - 1), highestFirst.get(i));
        }
        return new AuthorizationPolicy(order, acrOrder, resource, conditions);
    }

    /**
     * The same policy, in which these scopes include all that begin like them.
     *
     * @throws ConfigurationException if one does not end in its only {@code *}
     */
    public AuthorizationPolicy withWildcards(List<String> wildcards) {
        ScopeOrder order = scopes;
        for (String wildcard : wildcards) {
            order = order.withWildcard(wildcard);
        }
        return new AuthorizationPolicy(order, acrOrder, resource, conditions);
    }

    /**
     * The same policy with an order of strength.
     *
     * @throws ConfigurationException if a value is named twice
     */
    public AuthorizationPolicy withAcrOrder(List<String> weakestFirst) {
        if (weakestFirst.stream().distinct().count() < weakestFirst.size()) {
            throw ConfigurationException.of(
                    "tokenguard.acr-order", String.join(",", weakestFirst), "name each value once, the weakest first");
        }
        return new AuthorizationPolicy(scopes, weakestFirst, resource, conditions);
    }

    /** The same policy for an API with an address. */
    public AuthorizationPolicy at(String address) {
        return new AuthorizationPolicy(scopes, acrOrder, Optional.of(address), conditions);
    }

    /** The same policy with other sources of conditions. */
    public AuthorizationPolicy reading(ConditionSources sources) {
        return new AuthorizationPolicy(scopes, acrOrder, resource, sources);
    }
}
