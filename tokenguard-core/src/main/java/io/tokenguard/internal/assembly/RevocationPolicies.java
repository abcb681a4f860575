package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.FailurePolicy;
import io.tokenguard.config.Revocations;
import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.internal.bounds.Durations;
import io.tokenguard.internal.claims.LifetimePolicy;
import io.tokenguard.internal.revocation.RevocationLimits;
import io.tokenguard.internal.revocation.RevocationPolicy;
import io.tokenguard.spi.RevocationStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Turns {@link Revocations} settings into a policy. */
final class RevocationPolicies {
    /** Revocations are kept at least so long: 30 days, and twice the greatest clock skew. */
    private static final Duration ALWAYS_KEPT = Duration.ofDays(30).plus(Bounds.LONGEST_CLOCK_SKEW.multipliedBy(2));

    private RevocationPolicies() {}

    /**
     * How revocations are looked up and stored.
     *
     * @param shared the store of the shared state, used if the settings name none
     * @param lifetimes how long the tokens of each issuer may live
     * @param sweeper runs what no request may wait for
     * @throws ConfigurationException if revocations would be forgotten before the tokens that they concern expire
     */
    static RevocationPolicy of(
            Revocations settings,
            Optional<RevocationStore> shared,
            Collection<LifetimePolicy> lifetimes,
            Clock clock,
            Executor sweeper) {
        Duration longest = lifetimes.stream()
                .map(RevocationPolicies::life)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Duration chosen = settings.retention().orElse(longest);
        if (chosen.compareTo(longest) < 0) {
            throw ConfigurationException.of(
                    "tokenguard.revocation.retention",
                    Durations.write(chosen),
                    "tokens may live longer; set at least " + Durations.write(longest) + ", or leave it out");
        }
        return new RevocationPolicy(
                settings.store().or(() -> shared),
                settings.outage() == FailurePolicy.FAIL_OPEN,
                settings.outageAfter(),
                limits(settings.capacity(), chosen),
                clock,
                sweeper);
    }

    /**
     * Another configuration, on this node or on another, may accept tokens that live longer. Lives of more than 30 days are
     * rare, and would make a shared state more than ten times as large: they count only where they are configured.
     */
    private static RevocationLimits limits(int capacity, Duration chosen) {
        return new RevocationLimits(capacity, chosen, chosen.compareTo(ALWAYS_KEPT) < 0 ? ALWAYS_KEPT : chosen);
    }

    /** From now until the expiry of a token that is issued now, by an issuer whose clock may be ahead. */
    private static Duration life(LifetimePolicy lifetime) {
        return lifetime.maxLifetime().plus(lifetime.clockSkew().multipliedBy(2));
    }
}
