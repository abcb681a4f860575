package io.tokenguard.jaxrs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tokenguard.access.Decision.Challenge;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;

/**
 * The decision about a request, stored as a property of the request.
 *
 * @param refusal the refusal to send; empty if the request may proceed
 */
record RequestDecision(Optional<Challenge> refusal) {
    private static final String PROPERTY = RequestDecision.class.getName();

    void keepIn(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }

    static Optional<RequestDecision> in(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof RequestDecision decision
                ? Optional.of(decision)
                : Optional.empty();
    }

    static void forget(ContainerRequestContext request) {
        request.removeProperty(PROPERTY);
    }

    /**
     * A refusal as the guard composed it. It always has a body, possibly empty: otherwise a runtime asks for an error page.
     */
    static Response response(Challenge challenge) {
        Response.ResponseBuilder response =
                Response.status(challenge.status()).entity(challenge.body().getBytes(US_ASCII));
        challenge.headers().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        return response.type(type(challenge)).build();
    }

    /** Replaces a response by the refusal, and undoes changes of filters. */
    static void seal(Challenge challenge, ContainerResponseContext response) {
        response.setStatus(challenge.status());
        challenge.headers().forEach((name, values) -> ResponseFields.replace(response.getHeaders(), name, values));
        response.setEntity(challenge.body().getBytes(US_ASCII), new Annotation[0], type(challenge));
    }

    private static MediaType type(Challenge challenge) {
        return MediaType.valueOf(challenge
                .headers()
                .getOrDefault("Content-Type", List.of(MediaType.TEXT_PLAIN))
                .get(0));
    }
}
