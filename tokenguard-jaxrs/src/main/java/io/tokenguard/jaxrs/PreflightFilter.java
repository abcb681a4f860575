package io.tokenguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** Answers CORS preflights, if the guard does, without an access token. */
@PreMatching
@Priority(Integer.MIN_VALUE + 2)
final class PreflightFilter implements ContainerRequestFilter {
    private final Gate gate;

    PreflightFilter(Gate gate) {
        this.gate = gate;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            gate.guard()
                    .preflightAnswer(gate.describe(request))
                    .ifPresent(answer -> request.abortWith(FeedFilter.response(answer)));
        }
    }
}
