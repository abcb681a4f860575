package io.tokenguard.examples.quickstart;

import io.tokenguard.access.AccessToken;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Returns the identity in the request's token. */
final class IdentityServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AccessToken token = TokenGuardFilter.accessToken(request).orElseThrow();
        JsonAnswer.write(response, Identity.of(token));
    }
}
