package io.tokenguard.migrating.keycloak.before;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.keycloak.KeycloakSecurityContext;
import org.keycloak.representations.AccessToken;

public class OrderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        KeycloakSecurityContext session =
                (KeycloakSecurityContext) request.getAttribute(KeycloakSecurityContext.class.getName());
        AccessToken token = session.getToken();
        if (!token.getRealmAccess().isUserInRole("clerk")) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        response.getWriter().write("orders of " + token.getSubject() + ", " + token.getPreferredUsername());
    }
}
