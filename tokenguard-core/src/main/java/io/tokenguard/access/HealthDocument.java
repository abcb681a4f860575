package io.tokenguard.access;

import io.tokenguard.access.GuardHealth.AdapterHealth;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.RevocationHealth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Members of the health document, in their order. Contains no token and no secret. */
final class HealthDocument {
    private final Map<String, Object> members = new LinkedHashMap<>();

    private HealthDocument() {}

    static Map<String, Object> of(GuardHealth health) {
        return new HealthDocument()
                .put("status", health.isReady() ? "UP" : "DOWN")
                .put("ready", health.isReady())
                .put("degraded", health.isDegraded())
                .put("keys", each(health.issuers(), HealthDocument::keys))
                .put("introspection", each(health.introspection(), HealthDocument::introspection))
                .put("revocation", revocation(health.revocation()))
                .put("adapters", each(health.adapters(), HealthDocument::adapter))
                .made();
    }

    private static Map<String, Object> keys(KeyHealth keys) {
        return new HealthDocument()
                .put("issuer", keys.issuer())
                .put("state", keys.state().name())
                .put("tenant", keys.isTenant())
                .put("loading", keys.isLoading())
                .put("keyIds", keys.keysInUse())
                .put("keysLeftOut", keys.keysLeftOut())
                .put("keysByAlgorithm", named(keys.keysByAlgorithm()))
                .put("signaturesByAlgorithm", named(keys.signaturesByAlgorithm()))
                .put("loadedAt", keys.loadedAt())
                .put("nextAttempt", keys.nextAttempt())
                .put("lastFailure", keys.lastFailure())
                .made();
    }

    private static Map<String, Object> introspection(IntrospectionHealth endpoint) {
        return new HealthDocument()
                .put("issuer", endpoint.issuer())
                .put("serving", endpoint.isServing())
                .put("refusesCredentials", endpoint.refusesUs())
                .put("lastFailure", endpoint.lastFailure())
                .put("nextCallAt", endpoint.nextCallAt())
                .made();
    }

    private static Map<String, Object> revocation(RevocationHealth revocation) {
        return new HealthDocument()
                .put("state", revocation.state().name())
                .put("entries", revocation.entries())
                .put("syncedAt", revocation.syncedAt())
                .put("trouble", revocation.trouble())
                .made();
    }

    private static Map<String, Object> adapter(AdapterHealth adapter) {
        return new HealthDocument()
                .put("adapter", adapter.adapter())
                .put("state", adapter.state().name())
                .put("required", adapter.isRequired())
                .made();
    }

    private static <T> List<Map<String, Object>> each(List<T> parts, Function<T, Map<String, Object>> document) {
        return parts.stream().map(document).toList();
    }

    private static Map<String, Object> named(Map<SignatureAlgorithm, ? extends Number> counts) {
        Map<String, Object> named = new TreeMap<>();
        counts.forEach((algorithm, count) -> named.put(algorithm.toString(), count));
        return Collections.unmodifiableMap(named);
    }

    private HealthDocument put(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** Leaves out what is not known. */
    private HealthDocument put(String name, Optional<?> value) {
        value.ifPresent(known -> members.put(name, known.toString()));
        return this;
    }

    private Map<String, Object> made() {
        return Collections.unmodifiableMap(members);
    }
}
