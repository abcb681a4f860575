package io.tokenguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Optional;

/**
 * Runs last on each response, and adds the guard's response fields and those of the API's metadata. Restores a refusal that
 * other filters have changed. Decides responses that a runtime creates itself after matching, such as to OPTIONS, unless they
 * are errors.
 */
@Priority(Integer.MIN_VALUE)
final class RefusalSeal implements ContainerResponseFilter {
    private static final int FIRST_ERROR = 400;

    private final Gate gate;
    private final MatchedRule rules;

    RefusalSeal(Gate gate, MatchedRule rules) {
        this.gate = gate;
        this.rules = rules;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        ResponseFields.addTo(response, request);
        MetadataFilter.expose(request, response);
        Optional<RequestDecision> decision = RequestDecision.in(request);
        if (decision.isPresent()) {
            decision.get().refusal().ifPresent(challenge -> RequestDecision.seal(challenge, response));
        } else if (ThresholdFilter.hasLetPass(request) && response.getStatus() < FIRST_ERROR) {
            gate.release(request, rules.ofNoMethod(request))
                    .ifPresent(challenge -> RequestDecision.seal(challenge, response));
        }
    }
}
