package io.tokenguard.internal.issuers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The issuers that a template matches. Rules are made when the first token of an issuer arrives. Issuers that have signed a
 * token are active: a bounded number, of which the least used are removed first. All others are {@link NewIssuers}.
 * Thread-safe.
 */
public final class TenantIssuers implements AutoCloseable {
    private static final Duration IDLE = Duration.ofHours(1);

    private final Terms terms;
    private final Function<String, IssuerRules> maker;
    private final Cache<String, IssuerRules> alive;
    private final NewIssuers unproven;

    /**
     * Which issuers a template matches.
     *
     * @param names the template
     * @param accepts which of the matching issuers are trusted
     * @param maxActive how many are active at once
     * @param areHostsNamed whether tokens name their hosts
     * @param proxies the proxies whose forwarding fields count, for the network of a client
     */
    public record Terms(
            IssuerTemplate names,
            Predicate<String> accepts,
            int maxActive,
            boolean areHostsNamed,
            List<AddressRange> proxies) {}

    /**
     * No issuers yet.
     *
     * @param maker makes the rules of one issuer, by its identifier
     * @param calls limits calls to the hosts of new issuers
     * @param nanoTime the time, from a source that never jumps
     */
    public TenantIssuers(Terms terms, Function<String, IssuerRules> maker, HostCalls calls, LongSupplier nanoTime) {
        this.terms = terms;
        this.maker = maker;
        this.unproven =
                new NewIssuers(terms.maxActive(), maker, calls.of(terms.names().host()), nanoTime);
        this.alive = Caffeine.newBuilder()
                .maximumSize(terms.maxActive())
                .expireAfterAccess(IDLE)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .removalListener(TenantIssuers::end)
                .build();
    }

    boolean areHostsNamedByTokens() {
        return terms.areHostsNamed();
    }

    /** The template, as it is configured. */
    String template() {
        return String.join("*", terms.names().literals());
    }

    boolean covers(String issuer) {
        return terms.names().matches(issuer) && terms.accepts().test(issuer);
    }

    IssuerRules find(String issuer, VerificationTrace trace) throws RefusedException {
        IssuerRules rules = alive.getIfPresent(issuer);
        return rules != null ? rules : unproven.find(issuer, trace.network(terms.proxies()));
    }

    /** An issuer has signed a token. It is in one of both places all the time, so that no request makes its rules again. */
    void proven(String issuer) {
        unproven.rules(issuer).ifPresent(rules -> {
            alive.asMap().putIfAbsent(issuer, rules);
            unproven.release(issuer);
        });
    }

    /** Makes rules that an older configuration had; they take no place. */
    IssuerRules revive(String issuer) {
        return alive.get(issuer, maker);
    }

    /** Takes over which names are known. */
    void inherit(TenantIssuers older) {
        unproven.remember(older.unproven.known());
    }

    Map<String, IssuerRules> alive() {
        return alive.asMap();
    }

    private static void end(@Nullable String issuer, @Nullable IssuerRules rules, RemovalCause cause) {
        if (rules != null) {
            rules.keys().close();
        }
    }

    /** The rules of all issuers, active or new. */
    List<IssuerRules> all() {
        return Stream.concat(alive.asMap().values().stream(), unproven.all().stream())
                .toList();
    }

    /** How the keys of each issuer are, of the new ones too: an operator must see why a new tenant is not accepted. */
    List<KeyHealth> health() {
        return all().stream().map(rules -> rules.health().ofTenant()).toList();
    }

    @Override
    public void close() {
        alive.invalidateAll();
        alive.cleanUp();
        unproven.close();
    }
}
