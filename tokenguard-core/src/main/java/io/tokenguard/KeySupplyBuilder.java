package io.tokenguard;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.internal.bounds.Durations;
import io.tokenguard.internal.keys.KeyRefreshPolicy;
import io.tokenguard.internal.keys.WaitPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects how keys are supplied. */
final class KeySupplyBuilder {
    static final Duration USUAL_OUTAGE = Duration.ofHours(4);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private @Nullable KeyLocation location;
    private Duration cacheTtl = Duration.ofMinutes(5);
    private @Nullable Duration refreshAhead;
    private Duration cooldown = Duration.ofSeconds(30);
    private Duration outageTtl = USUAL_OUTAGE;
    private Duration timeout = Duration.ofSeconds(3);
    private int largest = 256 * 1024;
    private Duration startSpread = Duration.ZERO;
    private int mostLoads = 4;
    private int mostWaiting = 2_000;
    private boolean failsFast;
    private Optional<Path> snapshots = Optional.empty();

    void locate(KeyLocation newLocation) {
        if (location != null) {
            throw ConfigurationException.of(
                    "keys", location.getClass().getSimpleName(), "name one place where the keys are, not two");
        }
        location = newLocation;
    }

    void cacheTtl(Duration ttl) {
        cacheTtl = Bounds.between("tokenguard.jwks.cache-ttl", ttl, Duration.ofSeconds(30), HOUR);
    }

    void refreshAhead(Duration ahead) {
        refreshAhead = Bounds.between("tokenguard.jwks.refresh-ahead", ahead, Duration.ofSeconds(1), HOUR);
    }

    void cooldown(Duration shortest) {
        cooldown = Bounds.between("tokenguard.jwks.cooldown", shortest, Duration.ofSeconds(5), HOUR);
    }

    void outageTtl(Duration ttl) {
        outageTtl = Bounds.between("tokenguard.jwks.outage-ttl", ttl, Duration.ZERO, DAY);
    }

    void timeout(Duration longest) {
        timeout = Bounds.between("tokenguard.jwks.timeout", longest, Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    void largest(int bytes) {
        largest = Bounds.between("tokenguard.jwks.max-size", bytes, 1024, 4 * 1024 * 1024);
    }

    void startSpread(Duration longest) {
        startSpread = Bounds.between("tokenguard.jwks.start-spread", longest, Duration.ZERO, Duration.ofMinutes(5));
    }

    void mostLoads(int inAMinute) {
        mostLoads = Bounds.between("tokenguard.jwks.max-loads-per-minute", inAMinute, 1, 10);
    }

    void mostWaiting(int requests) {
        mostWaiting = Bounds.between("tokenguard.jwks.max-waiting", requests, 1, 100_000);
    }

    void failFast() {
        failsFast = true;
    }

    void snapshots(Path folder) {
        snapshots = Optional.of(folder);
    }

    boolean areDiscovered() {
        return location == null;
    }

    KeySupply build(String keyPrefix) {
        Duration ahead = refreshAhead == null ? cacheTtl.dividedBy(5) : refreshAhead;
        if (ahead.compareTo(cacheTtl) >= 0) {
            throw ConfigurationException.of(
                    keyPrefix + "jwks.refresh-ahead",
                    Durations.write(ahead),
                    "set less than " + keyPrefix + "jwks.cache-ttl, which is " + Durations.write(cacheTtl));
        }
        // Fresh keys serve in any case; an outage can't end before they are old.
        Duration serve = outageTtl.compareTo(cacheTtl) < 0 ? cacheTtl : outageTtl;
        return new KeySupply(
                location == null ? new KeyLocation.Discovered() : location,
                new KeyRefreshPolicy(
                        cacheTtl,
                        ahead,
                        cooldown,
                        serve,
                        startSpread,
                        mostLoads,
                        new WaitPolicy(timeout, mostWaiting, true)),
                timeout,
                largest,
                failsFast,
                snapshots);
    }
}
