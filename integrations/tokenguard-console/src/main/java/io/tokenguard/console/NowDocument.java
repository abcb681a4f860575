package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the page shows of this moment. */
final class NowDocument {
    private NowDocument() {}

    static Map<String, Object> of(TokenGuard guard, Observation observation) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("at", observation.clock().instant());
        document.put("startedAt", observation.startedAt());
        document.put("rates", observation.rates().document());
        document.put("health", guard.health().document());
        document.put("stats", StatsDocument.of(guard.stats()));
        document.put("refusals", observation.refusals().document());
        return document;
    }
}
