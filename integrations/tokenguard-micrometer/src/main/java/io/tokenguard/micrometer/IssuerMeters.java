package io.tokenguard.micrometer;

import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.access.SignatureAlgorithm;
import java.util.Locale;
import java.util.Optional;

/**
 * The meters of issuers' keys: their state, and which algorithms are in use. Tenants of a template have none: their number is not bounded by the configuration.
 *
 * @param meters registers them
 * @param source is read
 */
record IssuerMeters(Meters meters, BoundGuard source) {
    void bind(GuardHealth health) {
        health.issuers().stream().filter(keys -> !keys.isTenant()).forEach(keys -> {
            states(keys.issuer());
            keys.signaturesByAlgorithm().keySet().forEach(accepted -> algorithm(keys.issuer(), accepted));
        });
    }

    private void algorithm(String issuer, SignatureAlgorithm algorithm) {
        String[] tags = {"issuer", issuer, "algorithm", algorithm.toString()};
        meters.gauge(
                Meter.of("tokenguard.keys", "Keys of an issuer that verify an accepted algorithm", tags),
                source,
                guard -> keysOf(guard, issuer)
                        .map(keys -> keys.keysByAlgorithm().getOrDefault(algorithm, 0))
                        .orElse(0));
        meters.counter(
                Meter.of("tokenguard.issuer.signatures", "Valid signatures of an issuer", tags),
                source,
                guard -> keysOf(guard, issuer)
                        .map(keys -> keys.signaturesByAlgorithm().getOrDefault(algorithm, 0L))
                        .orElse(0L));
    }

    private static Optional<KeyHealth> keysOf(BoundGuard guard, String issuer) {
        return guard.health().issuers().stream()
                .filter(keys -> keys.issuer().equals(issuer))
                .findFirst();
    }

    private void states(String issuer) {
        for (KeyState state : KeyState.values()) {
            meters.gauge(
                    Meter.of(
                            "tokenguard.key.state",
                            "1 for the state of an issuer's keys, 0 for each other state",
                            "issuer",
                            issuer,
                            "state",
                            state.name().toLowerCase(Locale.ROOT)),
                    source,
                    guard -> keysOf(guard, issuer)
                                    .filter(keys -> keys.state() == state)
                                    .isPresent()
                            ? 1
                            : 0);
        }
    }
}
