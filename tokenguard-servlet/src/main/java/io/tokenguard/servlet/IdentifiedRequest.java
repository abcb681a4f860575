package io.tokenguard.servlet;

import io.tokenguard.access.AccessToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/** A request that exposes its token's identity through the Servlet API (Servlet 6.0 §13.3). */
final class IdentifiedRequest extends HttpServletRequestWrapper {
    private final AccessToken token;
    private final Principal principal;

    IdentifiedRequest(HttpServletRequest request, AccessToken token) {
        super(request);
        this.token = token;
        this.principal = new TokenPrincipal(token);
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public String getRemoteUser() {
        return principal.getName();
    }

    @Override
    public String getAuthType() {
        return token.scheme();
    }

    @Override
    public boolean isUserInRole(String role) {
        return token.isInRole(role);
    }
}
