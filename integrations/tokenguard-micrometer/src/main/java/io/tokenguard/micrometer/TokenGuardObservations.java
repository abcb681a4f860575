package io.tokenguard.micrometer;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.spi.GuardObserver;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes an observation {@code tokenguard.decide} of each decision about a request: a span and a timer, by the handlers of the
 * registry. It is a child of the observation that is current, such as the server's. Add it with {@code
 * TokenGuardBuilder.observer}.
 *
 * <p>Its key values are all of low cardinality: {@code outcome} ({@code granted}, {@code refused}, {@code unavailable}), {@code
 * reason} ({@code none} if granted), {@code route} and {@code issuer} as configured ({@code none} without a token), and {@code
 * error.type}, the reason, if the decision could not be made. Nothing of the token or the path is among them. Thread-safe.
 */
public final class TokenGuardObservations implements GuardObserver {
    private static final String NONE = "none";

    private final ObservationRegistry registry;

    /** Observations in a registry. */
    public TokenGuardObservations(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void refused(Refusal refusal) {
        // Each decision has an observation already.
    }

    @Override
    public Optional<Consumer<Outcome>> deciding(IncomingRequest request) {
        if (registry.isNoop()) {
            return Optional.empty();
        }
        Observation observation = Observation.createNotStarted("tokenguard.decide", registry)
                .contextualName("tokenguard.decide")
                .start();
        return Optional.of(outcome ->
                observation.lowCardinalityKeyValues(keyValues(outcome)).stop());
    }

    private static KeyValues keyValues(Outcome outcome) {
        Optional<Refusal> refusal = outcome.decision() instanceof Decision.Refused refused
                ? Optional.of(refused.refusal())
                : Optional.empty();
        boolean isUnavailable = refusal.isPresent() && !refusal.get().reason().isVerdict();
        String reason = refusal.map(known -> known.reason().name().toLowerCase(Locale.ROOT))
                .orElse(NONE);
        return KeyValues.of(
                KeyValue.of("outcome", outcome(refusal.isPresent(), isUnavailable)),
                KeyValue.of("reason", reason),
                KeyValue.of("route", outcome.route()),
                KeyValue.of("issuer", outcome.issuer().isEmpty() ? NONE : outcome.issuer()),
                KeyValue.of("error.type", isUnavailable ? reason : NONE));
    }

    private static String outcome(boolean isRefused, boolean isUnavailable) {
        if (isUnavailable) {
            return "unavailable";
        }
        return isRefused ? "refused" : "granted";
    }
}
