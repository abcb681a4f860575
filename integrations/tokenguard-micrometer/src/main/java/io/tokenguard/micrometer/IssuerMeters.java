package io.tokenguard.micrometer;

import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.KeyState;
import java.util.Locale;

/**
 * The meters of the state of issuers' keys. Tenants of a template have none: their number is not bounded by the configuration.
 *
 * @param meters registers them
 * @param source is read
 */
record IssuerMeters(Meters meters, BoundGuard source) {
    void bind(GuardHealth health) {
        health.issuers().stream()
                .filter(keys -> !keys.isTenant())
                .map(KeyHealth::issuer)
                .forEach(this::states);
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
                    guard -> guard.health().issuers().stream()
                                    .anyMatch(keys -> keys.issuer().equals(issuer) && keys.state() == state)
                            ? 1
                            : 0);
        }
    }
}
