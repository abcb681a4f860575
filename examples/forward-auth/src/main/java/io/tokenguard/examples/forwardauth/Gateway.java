package io.tokenguard.examples.forwardauth;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A kind of gateway, with its way to describe a request. Set at start and never guessed from a call: a gateway passes on
 * clients' fields, so that a client of one kind could send the fields of another.
 */
enum Gateway {
    /** nginx's {@code auth_request}, with the fields that its documentation sets. */
    NGINX("X-Original-Method", "X-Original-URI"),
    /** Traefik's {@code forwardAuth}. */
    TRAEFIK("X-Forwarded-Method", "X-Forwarded-Uri"),
    /** Envoy's {@code ext_authz} over HTTP: the call has the method and the path of the request. */
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

    /** The described request; empty unless the call describes exactly one. */
    Optional<OriginalRequest> original(HttpExchange question) {
        if (this == ENVOY) {
            // The raw text: a URI whose path begins with two slashes would be parsed differently.
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

    /** The lines of a field. nginx passes on one line only, so that the lines become a list (RFC 9110 §5.3). */
    List<String> fieldsFor(List<String> values) {
        return this == NGINX ? List.of(String.join(", ", values)) : values;
    }

    /**
     * The status for a refusal. nginx supports only 401 and 403, and treats anything else as a failure, in which it also
     * refuses the request.
     */
    int statusFor(int refused) {
        return this == NGINX && refused >= 400 && refused < 500 && refused != 401 ? 403 : refused;
    }
}
