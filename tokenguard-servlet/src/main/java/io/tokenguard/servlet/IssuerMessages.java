package io.tokenguard.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.FeedAnswer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The shared parts of the servlets that receive issuers' messages. */
final class IssuerMessages {
    private IssuerMessages() {}

    /**
     * The guard of the filter of the same application.
     *
     * @throws ServletException if there is none
     */
    static TokenGuard guardOf(HttpServlet servlet) throws ServletException {
        if (servlet.getServletContext().getAttribute(TokenGuardFilter.GUARD) instanceof TokenGuard guard) {
            return guard;
        }
        throw new ServletException(
                servlet.getClass().getSimpleName() + " needs a TokenGuardFilter in the same application");
    }

    static void write(FeedAnswer answer, HttpServletResponse response) throws IOException {
        byte[] body = answer.body().getBytes(US_ASCII);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
