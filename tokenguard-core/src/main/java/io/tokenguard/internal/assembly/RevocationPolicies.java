package io.tokenguard.internal.assembly;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.internal.bounds.Durations;
import io.tokenguard.internal.claims.ClaimReader;
import io.tokenguard.internal.claims.LifetimePolicy;
import io.tokenguard.internal.claims.TokenShape;
import io.tokenguard.internal.revocation.RevocationLimits;
import io.tokenguard.internal.revocation.RevocationPolicy;
import io.tokenguard.internal.revocation.TokenNaming;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.spi.RevocationStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

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
        Duration longest = greatest(lifetimes, RevocationPolicies::life);
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
                limits(settings.capacity(), chosen, lifetimes),
                clock,
                sweeper);
    }

    /**
     * The claims of all dialects, so that a change of the dialect forgets no revocation, and those that the configuration
     * names. Logout tokens and events name subjects as in {@code sub}; {@code oid} identifies users of Entra ID.
     */
    static TokenNaming naming(List<IssuerSettings> issuers) {
        Set<String> subjects = new HashSet<>(Set.of("sub", "oid"));
        Set<String> clients = new HashSet<>();
        for (Dialect dialect : Dialect.values()) {
            TokenShape shape = DialectRules.of(dialect).shape();
            subjects.addAll(shape.subjectClaims());
            clients.addAll(shape.clientClaims());
        }
        for (IssuerSettings issuer : issuers) {
            subjects.addAll(issuer.tokens().claims().shape().subject());
            clients.addAll(issuer.tokens().claims().shape().client());
        }
        // Stands for the client in some dialects, and names APIs otherwise.
        clients.remove("aud");
        return new TokenNaming(IssuerTextRules.aliases(issuers), paths(subjects), paths(clients));
    }

    private static Set<List<String>> paths(Set<String> claims) {
        return claims.stream().map(ClaimReader::path).collect(Collectors.toSet());
    }

    /**
     * Another configuration, on this node or on another, may accept tokens that live longer. Lives of more than 30 days are
     * rare, and would make a shared state more than ten times as large: they count only where they are configured.
     */
    private static RevocationLimits limits(int capacity, Duration chosen, Collection<LifetimePolicy> lifetimes) {
        Duration tolerant = chosen.plus(RevocationLimits.CLOCK_TOLERANCE);
        Duration kept = tolerant.compareTo(ALWAYS_KEPT) < 0 ? ALWAYS_KEPT : tolerant;
        return new RevocationLimits(capacity, chosen, kept, greatest(lifetimes, LifetimePolicy::clockSkew));
    }

    private static Duration greatest(Collection<LifetimePolicy> lifetimes, Function<LifetimePolicy, Duration> part) {
        return lifetimes.stream().map(part).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** From now until the expiry of a token that is issued now, by an issuer whose clock may be ahead. */
    private static Duration life(LifetimePolicy lifetime) {
        return lifetime.maxLifetime().plus(lifetime.clockSkew().multipliedBy(2));
    }
}
