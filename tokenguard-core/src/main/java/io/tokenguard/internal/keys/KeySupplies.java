package io.tokenguard.internal.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * What the loading of one issuer's keys needs, and the names of keys that it was asked for in vain.
 *
 * @param issuer whose keys they are
 * @param policy when they are loaded
 * @param clock tells how old they are
 * @param timer says when loads start
 * @param workers do the loading; it ends when they are shut down
 * @param chance numbers from 0 to below 1, so that many processes do not load at the same time
 * @param snapshot where the last good keys are kept; empty where they are not
 * @param unknown names that were not in the last set; bounded, and forgotten when the set changes
 */
public record KeySupplies(
        String issuer,
        KeyRefreshPolicy policy,
        Clock clock,
        ScheduledExecutorService timer,
        Executor workers,
        DoubleSupplier chance,
        Optional<KeySnapshot> snapshot,
        Cache<String, Boolean> unknown) {
    private static final int MOST_UNKNOWN = 10_000;
    private static final double JITTER = 0.1;

    /** Supplies with an empty memory of unknown names, each kept for the time of a cooldown. */
    public static KeySupplies of(
            String issuer,
            KeyRefreshPolicy policy,
            Clock clock,
            ScheduledExecutorService timer,
            Executor workers,
            DoubleSupplier chance,
            Optional<KeySnapshot> snapshot) {
        Cache<String, Boolean> unknown = Caffeine.newBuilder()
                .maximumSize(MOST_UNKNOWN)
                .expireAfterWrite(policy.cooldown())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
        return new KeySupplies(issuer, policy, clock, timer, workers, chance, snapshot, unknown);
    }

    /** A duration that is up to a tenth shorter or longer. */
    Duration jittered(Duration duration) {
        double factor = 1 + JITTER * (2 * chance.getAsDouble() - 1);
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }

    boolean isUnknown(String keyId) {
        return unknown.getIfPresent(keyId) != null;
    }

    void rememberUnknown(String keyId) {
        unknown.put(keyId, Boolean.TRUE);
    }

    void forgetUnknown() {
        unknown.invalidateAll();
    }
}
