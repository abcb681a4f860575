package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes what issuers send of their own accord: logout tokens (OpenID Connect Back-Channel Logout 1.0 §2.5) or security event
 * tokens (RFC 8935 §2). It reads the body itself, and has to come to it first. Issuers bring no access token: the rules of the
 * guard have to open its path to everyone, as {@code POST /backchannel-logout public} does; what it takes is signed by a
 * trusted issuer.
 */
public final class FeedServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String PARAMETER = "feed";

    private transient @Nullable TokenGuard guard;
    private @Nullable Feed feed;

    private enum Feed {
        LOGOUT,
        EVENTS
    }

    /**
     * For containers. The guard is that of the filter of the same application, and the init-param {@code feed} says what is
     * taken: {@code logout} or {@code events}.
     */
    public FeedServlet() {}

    private FeedServlet(TokenGuard guard, Feed feed) {
        this.guard = guard;
        this.feed = feed;
    }

    /**
     * Takes logout tokens.
     *
     * @param guard made, and closed, by the application
     */
    public static FeedServlet ofLogout(TokenGuard guard) {
        return new FeedServlet(guard, Feed.LOGOUT);
    }

    /**
     * Takes security event tokens.
     *
     * @param guard made, and closed, by the application
     */
    public static FeedServlet ofEvents(TokenGuard guard) {
        return new FeedServlet(guard, Feed.EVENTS);
    }

    /**
     * Finds the guard, if none was given.
     *
     * @throws ServletException if the application has no filter with a guard, or the init-param is missing or wrong
     */
    @Override
    public void init() throws ServletException {
        if (guard == null && getServletContext().getAttribute(TokenGuardFilter.GUARD) instanceof TokenGuard found) {
            guard = found;
        }
        if (guard == null) {
            throw new ServletException("FeedServlet needs a TokenGuardFilter in the same application");
        }
        feed = feed == null ? named(getInitParameter(PARAMETER)) : feed;
    }

    private static Feed named(@Nullable String name) throws ServletException {
        for (Feed known : Feed.values()) {
            if (known.name().equalsIgnoreCase(name)) {
                return known;
            }
        }
        throw new ServletException("The init-param feed of FeedServlet is '" + name + "': set logout or events");
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (guard == null) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        IncomingRequest incoming = Target.of(request).describe(request);
        write(
                feed == Feed.LOGOUT
                        ? guard.receiveLogout(incoming, request.getInputStream())
                        : guard.receiveEvents(incoming, request.getInputStream()),
                response);
    }

    private static void write(FeedAnswer answer, HttpServletResponse response) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.US_ASCII);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
