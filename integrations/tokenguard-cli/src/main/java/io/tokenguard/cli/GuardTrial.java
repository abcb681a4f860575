package io.tokenguard.cli;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a guard with the given configuration, as a server does.
 *
 * @param configuration the configuration
 * @param clock the time of the decision
 */
record GuardTrial(Configuration configuration, Clock clock) {
    private static final Duration LONGEST_LOAD = Duration.ofSeconds(8);

    /** The refusal; empty if the request would be let through. Without a request, any accepted token is. */
    Optional<Refusal> ask(Question question) {
        try (TokenGuard guard = configuration.local().builder().clock(clock).build()) {
            boolean unused = guard.awaitReady(LONGEST_LOAD);
            IncomingRequest request = question.incoming(configuration);
            Decision decision = question.hasRequest()
                    ? guard.decide(request)
                    : guard.decide(request, AccessRequirement.authenticated());
            return decision instanceof Decision.Refused refused ? Optional.of(refused.refusal()) : Optional.empty();
        }
    }
}
