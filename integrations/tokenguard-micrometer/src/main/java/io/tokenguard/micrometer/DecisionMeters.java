package io.tokenguard.micrometer;

import io.tokenguard.access.GuardStats.Decisions;
import io.tokenguard.access.GuardStats.Outcomes;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.TheftSignal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The meters of decisions.
 *
 * @param meters registers them
 * @param source is read
 */
record DecisionMeters(Meters meters, BoundGuard source) {
    private static final String BY_ROUTE = "Decisions by route";
    private static final String BY_ISSUER = "Decisions by the issuer that the token names";

    void bind(Decisions decisions) {
        decisions
                .byRoute()
                .forEach(outcomes ->
                        outcomes("tokenguard.decisions", BY_ROUTE, "route", outcomes.label(), Decisions::byRoute));
        decisions
                .byIssuer()
                .forEach(outcomes -> outcomes(
                        "tokenguard.issuer.decisions", BY_ISSUER, "issuer", outcomes.label(), Decisions::byIssuer));
        for (RefusalReason reason : RefusalReason.values()) {
            reason(
                    "tokenguard.refusals",
                    "Refusals by reason",
                    reason,
                    all -> all.refusals().getOrDefault(reason, 0L));
            reason(
                    "tokenguard.report.only.refusals",
                    "What report-only requirements would have refused",
                    reason,
                    all -> all.wouldRefuse().getOrDefault(reason, 0L));
        }
        for (TheftSignal.Kind kind : TheftSignal.Kind.values()) {
            count(
                    Meter.of("tokenguard.theft.signals", "Signs of theft", "kind", lower(kind)),
                    all -> all.suspicions().getOrDefault(kind, 0L));
        }
    }

    private void outcomes(
            String name, String description, String tag, String label, Function<Decisions, List<Outcomes>> part) {
        outcome(Meter.of(name, description, tag, label, "outcome", "granted"), part, label, Outcomes::granted);
        outcome(Meter.of(name, description, tag, label, "outcome", "refused"), part, label, Outcomes::refused);
        outcome(Meter.of(name, description, tag, label, "outcome", "unavailable"), part, label, Outcomes::unavailable);
    }

    private void outcome(
            Meter meter, Function<Decisions, List<Outcomes>> part, String label, ToLongFunction<Outcomes> count) {
        count(
                meter,
                all -> part.apply(all).stream()
                        .filter(outcomes -> outcomes.label().equals(label))
                        .mapToLong(count)
                        .sum());
    }

    private void reason(String name, String description, RefusalReason reason, ToLongFunction<Decisions> count) {
        count(
                Meter.of(
                        name,
                        description,
                        "reason",
                        lower(reason),
                        "stage",
                        lower(reason.stage()),
                        "status",
                        String.valueOf(reason.status())),
                count);
    }

    private void count(Meter meter, ToLongFunction<Decisions> count) {
        meters.counter(meter, source, guard -> count.applyAsLong(guard.stats().decisions()));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
