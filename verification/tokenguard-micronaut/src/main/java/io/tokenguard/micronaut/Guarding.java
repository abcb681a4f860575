package io.tokenguard.micronaut;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import jakarta.annotation.PreDestroy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
public class Guarding {
    private static final String GRANTED = Decision.Granted.class.getName();
    private final TokenGuard guard = GuardProperties.load().toBuilder().build();

    /** An empty result lets the request through. */
    @RequestFilter
    CompletionStage<Optional<HttpResponse<?>>> decide(HttpRequest<?> request) {
        return guard.decideAsync(describe(request)).thenApply(decision -> {
            if (decision instanceof Decision.Granted granted) {
                request.setAttribute(GRANTED, granted);
                return Optional.empty();
            }
            return Optional.of(answer((Decision.Refused) decision));
        });
    }

    @ResponseFilter
    void addFields(HttpRequest<?> request, MutableHttpResponse<?> response) {
        request.getAttribute(GRANTED, Decision.Granted.class)
                .ifPresent(granted -> granted.responseHeaders().forEach(response::header));
    }

    /** The token of a request that was let through; empty on a public route. */
    static Optional<AccessToken> accessToken(HttpRequest<?> request) {
        return request.getAttribute(GRANTED, Decision.Granted.class).flatMap(Decision.Granted::accessToken);
    }

    private static HttpResponse<?> answer(Decision.Refused refused) {
        MutableHttpResponse<String> response = HttpResponse.<String>status(
                        refused.challenge().status(), "")
                .body(refused.challenge().body());
        add(refused.challenge().headers(), response);
        return response;
    }

    private static void add(Map<String, List<String>> fields, MutableHttpResponse<?> response) {
        fields.forEach((name, values) -> values.forEach(value -> response.header(name, value)));
    }

    private static IncomingRequest describe(HttpRequest<?> request) {
        List<String> hosts = request.getHeaders().getAll("Host");
        String path = request.getUri().getRawPath();
        return new IncomingRequest(
                request.getMethodName(),
                decoded(path),
                path,
                request.getHeaders()::getAll,
                new Connection(
                        request.isSecure(),
                        request.getRemoteAddress().getAddress().getHostAddress(),
                        hosts.size() == 1 ? hosts.get(0) : ""));
    }

    /** A path that can't be decoded stays as it is: the guard refuses it. */
    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return path;
        }
    }

    @PreDestroy
    void close() {
        guard.close();
    }
}
