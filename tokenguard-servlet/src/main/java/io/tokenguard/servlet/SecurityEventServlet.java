package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Receives security event tokens (RFC 8935 §2). Reads the body itself, so no filter may read it before.
 * Make its path public, such as by {@code POST /events public}: issuers send no access token; accepted tokens are
 * signed by a trusted issuer.
 */
public final class SecurityEventServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private transient @Nullable TokenGuard guard;

    /** For containers. Uses the guard of the {@link TokenGuardFilter} of the same application. */
    public SecurityEventServlet() {}

    /**
     * Uses a guard of the application.
     *
     * @param guard created and closed by the application
     */
    public SecurityEventServlet(TokenGuard guard) {
        this.guard = guard;
    }

    /**
     * Finds the guard, if none was given.
     *
     * @throws ServletException if the application has no filter with a guard
     */
    @Override
    public void init() throws ServletException {
        guard = guard == null ? IssuerMessages.guardOf(this) : guard;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        IssuerMessages.receive(guard, TokenGuard::receiveEvents, request, response);
    }
}
