package io.tokenguard.examples.quickstart;

import io.tokenguard.access.AccessToken;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** Whose token the request carries. */
final class IdentityServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AccessToken token = TokenGuardFilter.accessToken(request).orElseThrow();
        Map<String, Object> identity = new LinkedHashMap<>();
        token.subject().ifPresent(subject -> identity.put("sub", subject));
        token.clientId().ifPresent(client -> identity.put("client_id", client));
        identity.put("scope", new TreeSet<>(token.scopes()));
        identity.put("iss", token.issuer());
        token.tokenId().ifPresent(id -> identity.put("jti", id));
        identity.put("binding", "none");
        JsonAnswer.write(response, identity);
    }
}
