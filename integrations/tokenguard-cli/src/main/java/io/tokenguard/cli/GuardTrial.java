package io.tokenguard.cli;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks a guard with the given configuration, as a server does.
 *
 * @param configuration the configuration
 * @param clock the time of the decision
 */
record GuardTrial(Configuration configuration, Clock clock) {
    /** The refusal; empty if the request would be let through. Without a request, any accepted token is. */
    Optional<Refusal> ask(Question question) {
        List<Refusal> refusals = new ArrayList<>();
        try (TokenGuard guard = configuration
                .local()
                .builder()
                .clock(clock)
                .observer(refusals::add)
                .build()) {
            FirstLoad.await(guard);
            IncomingRequest request = question.incoming(configuration);
            if (!question.hasRequest()) {
                return refusal(guard.decide(request, AccessRequirement.authenticated()));
            }
            return guard.healthAnswer(request).isPresent()
                    ? refusals.stream().findFirst()
                    : refusal(guard.decide(request));
        }
    }

    private static Optional<Refusal> refusal(Decision decision) {
        return decision instanceof Decision.Refused refused ? Optional.of(refused.refusal()) : Optional.empty();
    }
}
