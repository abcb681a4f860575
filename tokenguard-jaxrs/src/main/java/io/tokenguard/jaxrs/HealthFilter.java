package io.tokenguard.jaxrs;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Route;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.Optional;

/** Serves the health document, without an access token. */
@PreMatching
@Priority(Integer.MIN_VALUE + 2)
final class HealthFilter implements ContainerRequestFilter {
    private final Gate gate;

    HealthFilter(Gate gate) {
        this.gate = gate;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<String> path = gate.guard().healthPath();
        if (path.isEmpty()) {
            return;
        }
        IncomingRequest incoming = gate.describe(request);
        if (Route.normalPath(incoming.path()).startsWith(path.get())) {
            gate.guard().healthAnswer(incoming).ifPresent(answer -> request.abortWith(FeedFilter.response(answer)));
        }
    }
}
