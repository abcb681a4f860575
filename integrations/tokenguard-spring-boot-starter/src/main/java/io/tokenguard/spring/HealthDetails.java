package io.tokenguard.spring;

import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.SignatureAlgorithm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a guard's health shows to those who may see details. Contains no token and no secret. */
final class HealthDetails {
    private HealthDetails() {}

    static Map<String, Object> of(GuardHealth health) {
        Map<String, Object> keys = new LinkedHashMap<>();
        health.issuers().forEach(issuer -> keys.put(issuer.issuer(), keys(issuer)));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("degraded", health.isDegraded());
        details.put("keys", keys);
        details.put("revocation", health.revocation().state().name());
        return details;
    }

    private static Map<String, Object> keys(KeyHealth issuer) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("state", issuer.state().name());
        issuer.loadedAt().ifPresent(loaded -> state.put("loadedAt", loaded.toString()));
        issuer.lastFailure().ifPresent(failure -> state.put("lastFailure", failure));
        issuer.keysLeftOut().ifPresent(leftOut -> state.put("keysLeftOut", leftOut));
        state.put("keysByAlgorithm", named(issuer.keysByAlgorithm()));
        state.put("signaturesByAlgorithm", named(issuer.signaturesByAlgorithm()));
        return state;
    }

    private static Map<String, Object> named(Map<SignatureAlgorithm, ? extends Number> counts) {
        Map<String, Object> named = new TreeMap<>();
        counts.forEach((algorithm, count) -> named.put(algorithm.name(), count));
        return named;
    }
}
