package io.tokenguard;

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
import org.jspecify.annotations.Nullable;

/**
 * Lanes of issuers that a template stands for, made when the first token of one comes. A bounded number is alive: those
 * that are used seldom make room. Strangers can name many issuers: in a minute no more lanes are made than may be alive,
 * and at most sixty.
 */
final class TenantIssuers implements AutoCloseable {
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_NEW = 60;

    private final TrustedIssuer template;
    private final IssuerTemplate names;
    private final KeySources sources;
    private final Clock clock;
    private final int mostNew;
    private final Cache<String, IssuerRules> alive;
    private final Deque<Instant> made = new ArrayDeque<>();

    TenantIssuers(TrustedIssuer template, KeySources sources, Clock clock) {
        this.template = template;
        this.names = IssuerTemplate.of(template.keyPrefix() + "issuer-uri", template.issuer());
        sources.requireAllowed(template.named(names.sample()));
        this.sources = sources;
        this.clock = clock;
        this.mostNew = Math.min(MOST_NEW, template.mostAlive());
        this.alive = Caffeine.newBuilder()
                .maximumSize(template.mostAlive())
                .expireAfterAccess(IDLE)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .removalListener(TenantIssuers::end)
                .build();
    }

    boolean areHostsNamedByTokens() {
        return template.isHostNamedByToken();
    }

    boolean covers(String issuer) {
        return names.matches(issuer) && template.accepts(issuer);
    }

    IssuerRules find(String issuer) throws RefusedException {
        IssuerRules lane = alive.getIfPresent(issuer);
        if (lane != null) {
            return lane;
        }
        if (!mayMake(clock.instant())) {
            throw new RefusedException(RefusalReason.KEYS_UNAVAILABLE, "too many new issuers");
        }
        return alive.get(issuer, this::make);
    }

    private IssuerRules make(String issuer) {
        TrustedIssuer named = template.named(issuer);
        return IssuerRules.of(named, sources.open(named));
    }

    /** Makes a lane that an older configuration had, whatever the minute's share. */
    IssuerRules revive(String issuer) {
        return alive.get(issuer, this::make);
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

    private static void end(@Nullable String issuer, @Nullable IssuerRules lane, RemovalCause cause) {
        if (lane != null) {
            lane.keys().close();
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
