package io.tokenguard.console;

import io.tokenguard.access.GuardStats;
import io.tokenguard.access.GuardStats.Outcomes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a guard has counted, by series. */
final class Counts {
    private Counts() {}

    static Map<Series, Long> of(GuardStats stats) {
        Map<Series, Long> counts = new HashMap<>();
        List<Outcomes> routes = stats.decisions().byRoute();
        total(counts, "granted", routes.stream().mapToLong(Outcomes::granted).sum());
        total(counts, "refused", routes.stream().mapToLong(Outcomes::refused).sum());
        total(
                counts,
                "unavailable",
                routes.stream().mapToLong(Outcomes::unavailable).sum());
        total(counts, "wouldRefuse", sum(stats.decisions().wouldRefuse()));
        total(counts, "suspected", sum(stats.decisions().suspicions()));
        total(counts, "cacheHits", stats.tokenCache().hits());
        total(counts, "cacheMisses", stats.tokenCache().misses());
        operations(counts, stats);
        stats.decisions()
                .refusals()
                .forEach((reason, count) -> counts.put(Series.of(Group.REASONS, reason.name()), count));
        labelled(counts, Group.ROUTES, routes);
        labelled(counts, Group.ISSUERS, stats.decisions().byIssuer());
        return counts;
    }

    private static void operations(Map<Series, Long> counts, GuardStats stats) {
        total(
                counts,
                "keyLoads",
                stats.keyLoads().stream().mapToLong(loads -> loads.succeeded()).sum());
        total(
                counts,
                "keyLoadsFailed",
                stats.keyLoads().stream().mapToLong(loads -> loads.failed()).sum());
        total(
                counts,
                "introspections",
                stats.introspection().stream()
                        .mapToLong(calls -> calls.active() + calls.inactive())
                        .sum());
        total(
                counts,
                "introspectionsFailed",
                stats.introspection().stream()
                        .mapToLong(calls -> calls.failed())
                        .sum());
        total(counts, "revocations", stats.state().revocationsReceived());
    }

    private static void labelled(Map<Series, Long> counts, Group group, List<Outcomes> outcomes) {
        for (Outcomes of : outcomes) {
            counts.put(Series.of(group, "granted " + of.label()), of.granted());
            counts.put(Series.of(group, "refused " + of.label()), of.refused() + of.unavailable());
        }
    }

    private static void total(Map<Series, Long> counts, String name, long count) {
        counts.put(Series.of(Group.TOTALS, name), count);
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
