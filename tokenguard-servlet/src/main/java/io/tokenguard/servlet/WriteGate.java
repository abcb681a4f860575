package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IdempotentWrite;
import io.tokenguard.access.IdempotentWrite.Answer;
import io.tokenguard.access.IdempotentWrite.Start;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs the application once for each write.
 *
 * @param guard knows which requests happen once
 */
record WriteGate(TokenGuard guard) {
    private static final String ATTRIBUTE = IdempotentWrite.class.getName();

    /** A request and its answer. */
    private record Exchange(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {}

    /** Continues the chain, unless the request was answered before or must not run. */
    void run(
            Target target,
            Optional<AccessToken> token,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        Optional<IdempotentWrite> write =
                target.type() == DispatcherType.REQUEST ? find(target, token, request) : Optional.empty();
        if (write.isEmpty()) {
            chain.doFilter(request, response);
            if (target.type() == DispatcherType.FORWARD) {
                StoredResponse.passForwarded(response);
            }
            return;
        }
        Optional<Challenge> refusal = write.get().refusal();
        if (refusal.isPresent()) {
            ChallengeWriter.write(refusal.get(), response);
        } else {
            start(write.get(), new Exchange(request, response, chain));
        }
    }

    private Optional<IdempotentWrite> find(Target target, Optional<AccessToken> token, HttpServletRequest request) {
        return guard.hasWrites()
                ? guard.write(
                        target.describe(request),
                        Optional.ofNullable(request.getQueryString()).orElse(""),
                        token)
                : Optional.empty();
    }

    private static void start(IdempotentWrite write, Exchange exchange) throws IOException, ServletException {
        byte[] head = exchange.request.getInputStream().readNBytes(write.maxBody());
        if (isUnsupported(exchange.request, head.length == write.maxBody() || FormParameters.areTooMany(head))) {
            ChallengeWriter.write(write.refuseForm(), exchange.response);
            return;
        }
        Start start = write.begin(head, exchange.request.getInputStream());
        if (start instanceof Start.Refuse refused) {
            ChallengeWriter.write(refused.challenge(), exchange.response);
        } else if (start instanceof Start.Repeat repeated) {
            repeat(repeated.answer(), exchange.response);
        } else {
            continueOnce(write, head, exchange);
        }
    }

    /** The container would parse such a form, from a stream that is read already. */
    private static boolean isUnsupported(HttpServletRequest request, boolean isTooLong) {
        String type = Optional.ofNullable(request.getContentType()).orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("multipart/") || (isTooLong && ReadAheadRequest.isForm(type));
    }

    private static void repeat(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.fields().forEach((name, values) -> {
            response.setHeader(name, values.get(0));
            values.stream().skip(1).forEach(value -> response.addHeader(name, value));
        });
        if (answer.body().length > 0) {
            response.setContentLength(answer.body().length);
            response.getOutputStream().write(answer.body());
        }
    }

    private static void continueOnce(IdempotentWrite write, byte[] head, Exchange exchange)
            throws IOException, ServletException {
        StoredResponse stored = new StoredResponse(exchange.response, write);
        exchange.request.setAttribute(ATTRIBUTE, write);
        boolean isAnswered = false;
        try {
            exchange.chain.doFilter(new ReadAheadRequest(exchange.request, write, head, stored), stored);
            isAnswered = true;
        } finally {
            if (!isAnswered) {
                stored.fail();
            }
        }
        if (!exchange.request.isAsyncStarted()) {
            stored.finish();
        }
    }
}
