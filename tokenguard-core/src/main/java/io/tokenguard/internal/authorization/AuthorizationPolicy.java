package io.tokenguard.internal.authorization;

import java.util.List;
import java.util.Optional;

/**
 * What the user declares about scopes, authentication and this API.
 *
 * @param scopes which scopes stand for others
 * @param acrOrder values of {@code acr}, the weakest first
 * @param resource the API's own address, by which an authorization detail names it; empty where it is not known
 */
public record AuthorizationPolicy(ScopeOrder scopes, List<String> acrOrder, Optional<String> resource) {
    /** Copies the order. */
    public AuthorizationPolicy {
        acrOrder = List.copyOf(acrOrder);
    }
}
