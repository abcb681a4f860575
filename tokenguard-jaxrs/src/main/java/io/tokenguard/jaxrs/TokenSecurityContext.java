package io.tokenguard.jaxrs;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * Exposes a token's identity through Jakarta REST.
 *
 * @param principal the identity
 * @param isSecure whether the request came over TLS
 */
record TokenSecurityContext(TokenPrincipal principal, boolean isSecure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public boolean isUserInRole(String role) {
        return principal.token().isInRole(role);
    }

    @Override
    public String getAuthenticationScheme() {
        return principal.token().scheme();
    }
}
