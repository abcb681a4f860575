package io.tokenguard.jaxrs;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.io.IOException;
import java.util.Optional;

/** Serves the console, by the guard's rules for it. */
@PreMatching
@Priority(Integer.MIN_VALUE + 3)
final class ConsoleFilter implements ContainerRequestFilter {
    private final Gate gate;
    private final TokenGuard.Console console;

    ConsoleFilter(Gate gate, TokenGuard.Console console) {
        this.gate = gate;
        this.console = console;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        IncomingRequest incoming = gate.describe(request);
        if (!console.serves(incoming.path())) {
            return;
        }
        Decision decision = gate.guard().decide(incoming);
        if (decision instanceof Decision.Refused refused) {
            new RequestDecision(Optional.of(refused.challenge())).keepIn(request);
            request.abortWith(RequestDecision.response(refused.challenge()));
        } else if (decision instanceof Decision.Granted granted) {
            ResponseFields.keep(granted, request);
            request.abortWith(
                    FeedFilter.response(console.answer(incoming, request.getEntityStream(), granted.accessToken())));
        }
    }
}
