package io.tokenguard.internal.pipeline;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Route;
import io.tokenguard.internal.response.HealthText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Serves the health document.
 *
 * @param path where it is
 * @param details the requirement of requests that get details
 * @param pipeline decides about their tokens
 */
public record HealthEndpoint(String path, AccessRequirement details, DecisionPipeline pipeline) {
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final int READY = 200;
    private static final int NOT_READY = 503;

    /** The answer; empty if the request is for something else. */
    public Optional<FeedAnswer> answer(IncomingRequest request, Supplier<GuardHealth> health) {
        String asked = Route.normalPath(request.path());
        if (!METHODS.contains(request.method()) || !asked.startsWith(path)) {
            return Optional.empty();
        }
        return switch (asked.substring(path.length())) {
            case "" -> Optional.of(document(request, health));
            case "/ready" -> Optional.of(summary(health.get()));
            case "/live" -> Optional.of(answer(READY, HealthText.LIVE));
            default -> Optional.empty();
        };
    }

    /** A token that may not see details gets its refusal, so that its sender knows. */
    private FeedAnswer document(IncomingRequest request, Supplier<GuardHealth> health) {
        if (request.headers().valuesOf("Authorization").isEmpty()) {
            return summary(health.get());
        }
        Decision decision = pipeline.decide(request, unused -> MatchedRequirement.ofHealth(details));
        return decision instanceof Decision.Refused refused ? refusal(refused.challenge()) : details(health.get());
    }

    private static FeedAnswer summary(GuardHealth health) {
        return answer(status(health), HealthText.summary(health));
    }

    private static FeedAnswer details(GuardHealth health) {
        return answer(status(health), HealthText.details(health));
    }

    private static int status(GuardHealth health) {
        return health.isReady() ? READY : NOT_READY;
    }

    private static FeedAnswer answer(int status, String json) {
        return new FeedAnswer(status, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), json);
    }

    /** RFC 9110 §5.3: field lines of one name may be joined by commas. */
    private static FeedAnswer refusal(Decision.Challenge challenge) {
        Map<String, String> fields = new LinkedHashMap<>();
        challenge.headers().forEach((name, values) -> fields.put(name, String.join(", ", values)));
        return new FeedAnswer(challenge.status(), fields, challenge.body());
    }
}
