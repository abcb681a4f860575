package io.tokenguard.spring;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.IntrospectionHealth;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.RevocationHealth;
import io.tokenguard.access.GuardStats.StateStats;
import io.tokenguard.access.SignatureAlgorithm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What Actuator shows of a guard. Contains no token and no secret. */
final class GuardState {
    private GuardState() {}

    /** The details of the health indicator, for those who may see details. */
    static Map<String, Object> details(GuardHealth health) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("degraded", health.isDegraded());
        details.put("keys", keys(health));
        details.put("revocation", health.revocation().state().name());
        return details;
    }

    /** The content of the guard's own endpoint. */
    static Map<String, Object> of(GuardHealth health, StateStats stats) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ready", health.isReady());
        all.put("degraded", health.isDegraded());
        all.put("keys", keys(health));
        Map<String, Object> introspection = new LinkedHashMap<>();
        health.introspection().forEach(issuer -> introspection.put(issuer.issuer(), introspection(issuer)));
        all.put("introspection", introspection);
        all.put("revocations", revocations(health.revocation(), stats));
        return all;
    }

    /** The content of the endpoint {@code info}. */
    static Map<String, Object> info(TokenGuard guard) {
        return Map.of(
                "issuers",
                guard.health().issuers().stream()
                        .filter(issuer -> !issuer.isTenant())
                        .map(KeyHealth::issuer)
                        .toList());
    }

    private static Map<String, Object> keys(GuardHealth health) {
        Map<String, Object> keys = new LinkedHashMap<>();
        health.issuers().forEach(issuer -> keys.put(issuer.issuer(), keys(issuer)));
        return keys;
    }

    private static Map<String, Object> keys(KeyHealth issuer) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("state", issuer.state().name());
        issuer.loadedAt().ifPresent(loaded -> state.put("loadedAt", loaded.toString()));
        issuer.nextAttempt().ifPresent(next -> state.put("nextAttempt", next.toString()));
        issuer.lastFailure().ifPresent(failure -> state.put("lastFailure", failure));
        issuer.keysLeftOut().ifPresent(leftOut -> state.put("keysLeftOut", leftOut));
        state.put("keysByAlgorithm", named(issuer.keysByAlgorithm()));
        state.put("signaturesByAlgorithm", named(issuer.signaturesByAlgorithm()));
        return state;
    }

    private static Map<String, Object> named(Map<SignatureAlgorithm, ? extends Number> counts) {
        Map<String, Object> named = new TreeMap<>();
        counts.forEach((algorithm, count) -> named.put(algorithm.toString(), count));
        return named;
    }

    private static Map<String, Object> introspection(IntrospectionHealth issuer) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("serving", issuer.isServing());
        issuer.lastFailure().ifPresent(failure -> state.put("lastFailure", failure));
        issuer.nextCallAt().ifPresent(next -> state.put("nextCallAt", next.toString()));
        return state;
    }

    private static Map<String, Object> revocations(RevocationHealth health, StateStats stats) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("state", health.state().name());
        state.put("held", stats.revocations());
        state.put("received", stats.revocationsReceived());
        health.syncedAt().ifPresent(synced -> state.put("syncedAt", synced.toString()));
        health.trouble().ifPresent(trouble -> state.put("trouble", trouble));
        return state;
    }
}
