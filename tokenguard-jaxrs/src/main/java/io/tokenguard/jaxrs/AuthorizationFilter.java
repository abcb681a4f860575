package io.tokenguard.jaxrs;

import io.tokenguard.access.Decision.Challenge;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides a matched request before its entity is read. Refuses with a response, never with an exception, which an application
 * could map to a different response.
 */
@Priority(Priorities.AUTHENTICATION)
final class AuthorizationFilter implements ContainerRequestFilter {
    private final Gate gate;
    private final MatchedRule rules;
    private final EndpointListing endpoints;
    private final boolean storesWrites;

    @Context
    private @Nullable ResourceInfo matched;

    AuthorizationFilter(Gate gate, MatchedRule rules, EndpointListing endpoints, boolean storesWrites) {
        this.gate = gate;
        this.rules = rules;
        this.endpoints = endpoints;
        this.storesWrites = storesWrites;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        ResourceInfo method = matched(request);
        Optional<Challenge> refusal = gate.admit(request, new MatchedHandler(rules.of(request, method), method));
        new RequestDecision(refusal).keepIn(request);
        if (refusal.isPresent()) {
            request.abortWith(RequestDecision.response(refusal.get()));
            return;
        }
        gate.startWrite(request, storesWrites);
        gate.hide(request);
    }

    /** Null if the runtime neither injects it nor reported the method; the request is then refused. */
    private @Nullable ResourceInfo matched(ContainerRequestContext request) {
        if (matched != null) {
            return matched;
        }
        ResourceInfo announced = MatchedMethod.in(request);
        if (announced == null) {
            endpoints.reportUnknownMethod();
        }
        return announced;
    }
}
