package io.tokenguard.jaxrs;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision.Challenge;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.Optional;

/**
 * Runs last before a request is matched. An answer of an application's filter before that, such as to a preflight, needs no
 * decision; every later answer requires one.
 */
@PreMatching
@Priority(Integer.MAX_VALUE)
final class ThresholdFilter implements ContainerRequestFilter {
    private static final String PROPERTY = ThresholdFilter.class.getName();

    private final Gate gate;
    private final AccessRequirement demanded;

    ThresholdFilter(Gate gate, AccessRequirement demanded) {
        this.gate = gate;
        this.demanded = demanded;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, true);
        Optional<Challenge> refusal = gate.admit(request, new MatchedHandler(demanded, null));
        if (refusal.isPresent()) {
            new RequestDecision(refusal).keepIn(request);
            request.abortWith(RequestDecision.response(refusal.get()));
        }
    }

    static void forget(ContainerRequestContext request) {
        request.removeProperty(PROPERTY);
    }

    static boolean hasLetPass(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) != null;
    }
}
