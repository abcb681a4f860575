package io.tokenguard.jaxrs;

import io.tokenguard.access.Binding;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * Shows a token's identity in the way of Jakarta REST.
 *
 * @param principal the identity
 * @param isSecure whether the request came over TLS
 */
record TokenSecurityContext(TokenPrincipal principal, boolean isSecure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    /** Servlet 6.0 §13.3: {@code *} is nobody's role, {@code **} is that of everybody who is authenticated. */
    @Override
    public boolean isUserInRole(String role) {
        return !role.equals("*") && (role.equals("**") || principal.token().hasRole(role));
    }

    @Override
    public String getAuthenticationScheme() {
        return principal.token().confirmation().bindings().contains(Binding.DPOP) ? "DPoP" : "Bearer";
    }
}
