package io.tokenguard.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Optional;

/**
 * Sees a response last, and adds what the guard has to say with it. What was refused leaves as it was refused, whatever other filters have made of it; and what a runtime
 * answers by itself after matching, such as OPTIONS, is decided before it leaves, unless it is an error.
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
        Optional<Judgement> judgement = Judgement.in(request);
        if (judgement.isPresent()) {
            judgement.get().refusal().ifPresent(challenge -> Judgement.seal(challenge, response));
        } else if (ThresholdFilter.hasLetPass(request) && response.getStatus() < FIRST_ERROR) {
            gate.release(request, rules.ofNoMethod(request))
                    .ifPresent(challenge -> Judgement.seal(challenge, response));
        }
    }
}
