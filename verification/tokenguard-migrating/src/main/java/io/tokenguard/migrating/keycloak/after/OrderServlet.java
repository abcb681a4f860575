package io.tokenguard.migrating.keycloak.after;

import io.tokenguard.access.AccessToken;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

public class OrderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AccessToken token = TokenGuardFilter.accessToken(request).orElseThrow();
        response.getWriter()
                .write("orders of " + token.subject().orElse("") + ", "
                        + token.text("preferred_username").orElse(""));
    }
}
