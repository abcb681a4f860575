package io.tokenguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Receives a message. */
    interface Receiver {
        FeedAnswer receive(TokenGuard guard, IncomingRequest request, InputStream body);
    }

    /** Passes a request to the guard and writes its answer; 503 before the servlet is initialized. */
    static void receive(
            @Nullable TokenGuard guard, Receiver receiver, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (guard == null) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        write(receiver.receive(guard, Target.of(request).describe(request), request.getInputStream()), response);
    }

    static void write(FeedAnswer answer, HttpServletResponse response) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> ResponseFields.replace(response, name, List.of(value)));
        if (answer.status() == HttpServletResponse.SC_NO_CONTENT) {
            return; // RFC 9110 §8.6: without a length
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
