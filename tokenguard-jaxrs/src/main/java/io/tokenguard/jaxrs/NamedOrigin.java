package io.tokenguard.jaxrs;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keeps an answer from allowing its origin twice, which browsers refuse: the servlet filter in front may have written the
 * fields into the servlet's response.
 */
final class NamedOrigin {
    /** The servlet filter sets it. */
    private static final String PROPERTY = "io.tokenguard.cors";

    private static final String ALLOW = "Access-Control-Allow-";

    private NamedOrigin() {}

    static boolean isFieldOf(String name) {
        return name.startsWith(ALLOW);
    }

    /** The decision without the fields that the servlet filter has written. */
    static Decision once(ContainerRequestContext request, Decision decision) {
        if (request.getProperty(PROPERTY) == null) {
            return decision;
        }
        if (decision instanceof Decision.Granted granted) {
            return new Decision.Granted(granted.accessToken(), others(granted.responseHeaders()));
        }
        Decision.Refused refused = (Decision.Refused) decision;
        Challenge challenge = refused.challenge();
        return new Decision.Refused(
                refused.refusal(), new Challenge(challenge.status(), others(challenge.headers()), challenge.body()));
    }

    private static <V> Map<String, V> others(Map<String, V> fields) {
        return fields.keySet().stream()
                .filter(name -> !isFieldOf(name))
                .collect(Collectors.toMap(Function.identity(), fields::get));
    }
}
