package io.tokenguard.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.tokenguard.internal.limits.BrakeSettings;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Which hosts sent bad tokens in the last minute, and the budgets of the others in braked networks. Thread-safe. */
final class BrakedHosts {
    private static final int MOST = 10_000;
    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** So that one host that sends no bad token can't use up what is left for the others. */
    private static final int SHARES = 5;

    private final Cache<Host, Boolean> failed;
    private final Cache<Host, Bucket> budgets;
    private final int perSecond;
    private final LongSupplier nanoTime;

    BrakedHosts(BrakeSettings settings, LongSupplier nanoTime) {
        this.perSecond = Math.max(1, settings.newTokens() / SHARES);
        this.nanoTime = nanoTime;
        this.failed = caffeine(nanoTime).expireAfterWrite(LIFE).build();
        this.budgets = caffeine(nanoTime).expireAfterAccess(LIFE).build();
    }

    private static Caffeine<Object, Object> caffeine(LongSupplier nanoTime) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run);
    }

    void failed(Host host) {
        failed.put(host, Boolean.TRUE);
    }

    boolean hasFailed(Host host) {
        return failed.getIfPresent(host) != null;
    }

    /** The new tokens of a host that sent no bad one. */
    Bucket budget(Host host) {
        return budgets.get(host, unused -> TokenBuckets.of(perSecond, perSecond, SECOND, nanoTime));
    }
}
