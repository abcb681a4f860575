package io.tokenguard.console;

import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.AdapterHealth;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.RevocationHealth;
import io.tokenguard.access.SignatureAlgorithm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The state of a guard as a document. */
final class HealthDocument {
    private HealthDocument() {}

    static Map<String, Object> of(GuardHealth health) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ready", health.isReady());
        document.put("degraded", health.isDegraded());
        document.put("keys", keys(health));
        document.put(
                "introspection",
                health.introspection().stream()
                        .map(HealthDocument::introspection)
                        .toList());
        document.put("revocation", revocation(health.revocation()));
        document.put(
                "adapters",
                health.adapters().stream().map(HealthDocument::adapter).toList());
        return document;
    }

    static List<Map<String, Object>> keys(GuardHealth health) {
        return health.issuers().stream().map(HealthDocument::keys).toList();
    }

    private static Map<String, Object> keys(KeyHealth keys) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", keys.issuer());
        document.put("state", keys.state());
        document.put("keyIds", keys.keysInUse());
        document.put("leftOut", keys.keysLeftOut());
        document.put("keysByAlgorithm", named(keys.keysByAlgorithm()));
        document.put("signaturesByAlgorithm", named(keys.signaturesByAlgorithm()));
        document.put("loadedAt", keys.loadedAt());
        document.put("nextAttempt", keys.nextAttempt());
        document.put("lastFailure", keys.lastFailure());
        document.put("loading", keys.isLoading());
        document.put("tenant", keys.isTenant());
        return document;
    }

    private static Map<String, Object> named(Map<SignatureAlgorithm, ? extends Number> counts) {
        Map<String, Object> named = new TreeMap<>();
        counts.forEach((algorithm, count) -> named.put(algorithm.toString(), count));
        return named;
    }

    private static Map<String, Object> introspection(IntrospectionHealth calls) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", calls.issuer());
        document.put("serving", calls.isServing());
        document.put("refusesCredentials", calls.refusesUs());
        document.put("lastFailure", calls.lastFailure());
        document.put("nextCallAt", calls.nextCallAt());
        return document;
    }

    private static Map<String, Object> revocation(RevocationHealth revocation) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("state", revocation.state());
        document.put("entries", revocation.entries());
        document.put("syncedAt", revocation.syncedAt());
        document.put("trouble", revocation.trouble());
        return document;
    }

    private static Map<String, Object> adapter(AdapterHealth adapter) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("adapter", adapter.adapter());
        document.put("state", adapter.state());
        document.put("required", adapter.isRequired());
        return document;
    }
}
