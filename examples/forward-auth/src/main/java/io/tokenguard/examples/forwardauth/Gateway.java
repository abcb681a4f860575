package io.tokenguard.examples.forwardauth;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who asks, and how it says about which request. It is set when the endpoint starts and never guessed from a question: a
 * gateway passes on what clients write, so that a client of one could write the fields of another.
 */
enum Gateway {
    /** nginx's {@code auth_request}, with the fields that its documentation sets. */
    NGINX("X-Original-Method", "X-Original-URI"),
    /** Traefik's {@code forwardAuth}. */
    TRAEFIK("X-Forwarded-Method", "X-Forwarded-Uri"),
    /** Envoy's {@code ext_authz} over HTTP: the question has the method and the path of the request. */
    ENVOY("", "");

    private final String methodField;
    private final String targetField;

    Gateway(String methodField, String targetField) {
        this.methodField = methodField;
        this.targetField = targetField;
    }

    static Gateway named(String name) {
        for (Gateway gateway : values()) {
            if (gateway.name().toLowerCase(Locale.ROOT).equals(name)) {
                return gateway;
            }
        }
        throw new IllegalArgumentException("--gateway is '" + name + "': set nginx, traefik or envoy");
    }

    /** The request that is asked about; empty where the question does not say, once, which it is. */
    Optional<OriginalRequest> original(HttpExchange question) {
        if (this == ENVOY) {
            // The text as it came: parts of it would be others where it begins with two slashes.
            String target = question.getRequestURI().toString();
            return Optional.of(OriginalRequest.of(question.getRequestMethod(), target));
        }
        return single(question, methodField)
                .flatMap(method -> single(question, targetField).map(target -> OriginalRequest.of(method, target)));
    }

    private static Optional<String> single(HttpExchange question, String field) {
        List<String> values = question.getRequestHeaders().getOrDefault(field, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /**
     * The status for a refusal. nginx understands 401 and 403 only, and takes anything else for a failure of its own; it
     * keeps the request from passing then too.
     */
    int statusFor(int refused) {
        return this == NGINX && refused >= 400 && refused < 500 && refused != 401 ? 403 : refused;
    }
}
