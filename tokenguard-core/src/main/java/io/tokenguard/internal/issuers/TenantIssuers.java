package io.tokenguard.internal.issuers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The issuers that a template matches. Creates rules when the first token of an issuer comes. A bounded number is active:
 * those used least are evicted. Anyone can name many issuers: in a minute no more rules are created than may be active, and
 * at most sixty.
 */
public final class TenantIssuers implements AutoCloseable {
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_NEW = 60;

    private final Terms terms;
    private final Function<String, IssuerRules> maker;
    private final Clock clock;
    private final int mostNew;
    private final Cache<String, IssuerRules> alive;
    private final Deque<Instant> made = new ArrayDeque<>();

    /**
     * The terms of a template.
     *
     * @param names the template
     * @param accepts which of the matching issuers are trusted
     * @param maxActive how many are active at once
     * @param areHostsNamed whether tokens name their hosts
     */
    public record Terms(IssuerTemplate names, Predicate<String> accepts, int maxActive, boolean areHostsNamed) {}

    /**
     * No issuers yet.
     *
     * @param maker creates the rules of one issuer, by its identifier
     */
    public TenantIssuers(Terms terms, Function<String, IssuerRules> maker, Clock clock) {
        this.terms = terms;
        this.maker = maker;
        this.clock = clock;
        this.mostNew = Math.min(MOST_NEW, terms.maxActive());
        this.alive = Caffeine.newBuilder()
                .maximumSize(terms.maxActive())
                .expireAfterAccess(IDLE)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .removalListener(TenantIssuers::end)
                .build();
    }

    boolean areHostsNamedByTokens() {
        return terms.areHostsNamed();
    }

    boolean covers(String issuer) {
        return terms.names().matches(issuer) && terms.accepts().test(issuer);
    }

    IssuerRules find(String issuer) throws RefusedException {
        IssuerRules rules = alive.getIfPresent(issuer);
        if (rules != null) {
            return rules;
        }
        if (!mayMake(clock.instant())) {
            throw new RefusedException(RefusalReason.KEYS_UNAVAILABLE, "too many new issuers");
        }
        return alive.get(issuer, maker);
    }

    /** Creates rules that an older configuration had; they do not count for the minute. */
    IssuerRules revive(String issuer) {
        return alive.get(issuer, maker);
    }

    Map<String, IssuerRules> alive() {
        return alive.asMap();
    }

    private synchronized boolean mayMake(Instant now) {
        while (!made.isEmpty() && !now.isBefore(made.getFirst().plus(WINDOW))) {
            made.removeFirst();
        }
        return made.size() < mostNew && made.add(now);
    }

    private static void end(@Nullable String issuer, @Nullable IssuerRules rules, RemovalCause cause) {
        if (rules != null) {
            rules.keys().close();
        }
    }

    List<KeyHealth> health() {
        return alive.asMap().entrySet().stream()
                .map(entry -> entry.getValue().keys().health(entry.getKey()).ofTenant())
                .toList();
    }

    @Override
    public void close() {
        alive.invalidateAll();
        alive.cleanUp();
    }
}
