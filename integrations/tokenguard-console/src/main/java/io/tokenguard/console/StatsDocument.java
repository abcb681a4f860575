package io.tokenguard.console;

import io.tokenguard.access.GuardStats;
import io.tokenguard.access.GuardStats.IntrospectionStats;
import io.tokenguard.access.GuardStats.KeyLoadStats;
import io.tokenguard.access.GuardStats.Outcomes;
import io.tokenguard.access.GuardStats.SignatureStats;
import io.tokenguard.access.GuardStats.StateStats;
import io.tokenguard.access.GuardStats.TokenCacheStats;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a guard has counted since its start, as a document. */
final class StatsDocument {
    private StatsDocument() {}

    static Map<String, Object> of(GuardStats stats) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("routes", outcomes(stats.decisions().byRoute()));
        document.put("issuers", outcomes(stats.decisions().byIssuer()));
        document.put("refusals", counted(stats.decisions().refusals()));
        document.put("wouldRefuse", counted(stats.decisions().wouldRefuse()));
        document.put("suspicions", counted(stats.decisions().suspicions()));
        document.put("tokenCache", cache(stats.tokenCache()));
        document.put(
                "signatures",
                stats.signatures().stream().map(StatsDocument::signatures).toList());
        document.put(
                "keyLoads", stats.keyLoads().stream().map(StatsDocument::loads).toList());
        document.put(
                "introspection",
                stats.introspection().stream().map(StatsDocument::calls).toList());
        document.put("state", state(stats.state()));
        return document;
    }

    private static List<Map<String, Object>> outcomes(List<Outcomes> all) {
        return all.stream().map(StatsDocument::outcomes).toList();
    }

    private static Map<String, Object> outcomes(Outcomes outcomes) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("label", outcomes.label());
        document.put("granted", outcomes.granted());
        document.put("refused", outcomes.refused());
        document.put("unavailable", outcomes.unavailable());
        document.put("wouldRefuse", outcomes.wouldRefuse());
        return document;
    }

    /** Without what never happened. */
    private static Map<String, Long> counted(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> counted = new TreeMap<>();
        counts.forEach((name, count) -> {
            if (count > 0) {
                counted.put(name.name(), count);
            }
        });
        return counted;
    }

    private static Map<String, Object> cache(TokenCacheStats cache) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("hits", cache.hits());
        document.put("misses", cache.misses());
        document.put("evictions", cache.evictions());
        document.put("entries", cache.entries());
        document.put("bytes", cache.bytes());
        document.put("maxBytes", cache.maxBytes());
        return document;
    }

    private static Map<String, Object> signatures(SignatureStats signatures) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("algorithm", signatures.algorithm());
        document.put("provider", signatures.provider());
        document.put("valid", signatures.valid());
        document.put("invalid", signatures.invalid());
        return document;
    }

    private static Map<String, Object> loads(KeyLoadStats loads) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", loads.issuer());
        document.put("succeeded", loads.succeeded());
        document.put("failed", loads.failed());
        return document;
    }

    private static Map<String, Object> calls(IntrospectionStats calls) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", calls.issuer());
        document.put("active", calls.active());
        document.put("inactive", calls.inactive());
        document.put("failed", calls.failed());
        document.put("stopped", calls.isStopped());
        return document;
    }

    private static Map<String, Object> state(StateStats state) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("revocations", state.revocations());
        document.put("revocationsReceived", state.revocationsReceived());
        document.put("revocationLagMillis", state.revocationLag().map(Duration::toMillis));
        document.put("usedProofs", state.usedProofs());
        document.put("statusLists", state.statusLists());
        return document;
    }
}
