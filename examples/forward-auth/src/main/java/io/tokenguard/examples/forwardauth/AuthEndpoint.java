package io.tokenguard.examples.forwardauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IncomingRequest.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Answers gateways: 200 if the request may pass, otherwise the status for the client.
 *
 * @param guard decides
 * @param gateway how the gateway describes the request
 * @param trusted the addresses of gateways; other clients get no answer
 */
record AuthEndpoint(TokenGuard guard, Gateway gateway, List<AddressRange> trusted) implements HttpHandler {
    private static final int NO_BODY = -1;
    private static final int FORBIDDEN = 403;

    @Override
    public void handle(HttpExchange question) throws IOException {
        try (question) {
            String address = question.getRemoteAddress().getAddress().getHostAddress();
            Optional<OriginalRequest> original = gateway.original(question);
            if (original.isEmpty() || trusted.stream().noneMatch(range -> range.holds(address))) {
                question.sendResponseHeaders(FORBIDDEN, NO_BODY);
                return;
            }
            answer(
                    question,
                    guard.decide(original.get().describe(question.getRequestHeaders(), by(question, address))));
        }
    }

    /** The gateway's connection. The guard reads the client's from the gateway's fields. */
    private static Connection by(HttpExchange question, String address) {
        List<String> hosts = question.getRequestHeaders().getOrDefault("Host", List.of());
        return new Connection(false, address, hosts.size() == 1 ? hosts.get(0) : "");
    }

    private void answer(HttpExchange question, Decision decision) throws IOException {
        if (decision instanceof Decision.Granted granted) {
            granted.responseHeaders().forEach(question.getResponseHeaders()::add);
            question.sendResponseHeaders(200, NO_BODY);
        } else if (decision instanceof Decision.Refused refused) {
            refuse(question, refused.challenge());
        }
    }

    private void refuse(HttpExchange question, Challenge challenge) throws IOException {
        challenge
                .headers()
                .forEach((name, values) -> question.getResponseHeaders().put(name, gateway.fieldsFor(values)));
        byte[] body = challenge.body().getBytes(StandardCharsets.UTF_8);
        boolean hasBody = body.length > 0 && !question.getRequestMethod().equals("HEAD");
        question.sendResponseHeaders(gateway.statusFor(challenge.status()), hasBody ? body.length : NO_BODY);
        if (hasBody) {
            question.getResponseBody().write(body);
        }
    }
}
