package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import io.tokenguard.internal.bounds.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the key settings of one issuer. Not thread-safe. */
public final class KeySettingsBuilder {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ConnectionSettingsBuilder connection = new ConnectionSettingsBuilder();
    private @Nullable KeyLocation location;
    private Duration cacheTtl = Duration.ofMinutes(5);
    private @Nullable Duration refreshAhead;
    private Duration cooldown = Duration.ofSeconds(5);
    private Duration staleTtl = KeyCacheSettings.USUAL_STALE_TTL;
    private Duration timeout = Duration.ofSeconds(3);
    private int maxSize = 1024 * 1024;
    private int maxKeys = 1_000;
    private Duration initialJitter = Duration.ZERO;
    private int maxPerMinute = 4;
    private int maxWaiting = 2_000;
    private boolean failsFast;
    private boolean warnsOfShortRsa;
    private Optional<Path> snapshots = Optional.empty();

    KeySettingsBuilder() {}

    /** Where they are; one place only. */
    public void locate(KeyLocation newLocation) {
        if (location != null) {
            throw ConfigurationException.of(
                    newLocation.setting(),
                    "(not shown)",
                    location.setting() + " is set too; name one place where the keys are, not two");
        }
        location = newLocation;
    }

    /** How long loaded keys are fresh. */
    public void cacheTtl(Duration ttl) {
        cacheTtl = Bounds.between("tokenguard.jwks.cache-ttl", ttl, Duration.ofSeconds(30), HOUR);
    }

    /** How long before they become stale they are loaded again. */
    public void refreshAhead(Duration ahead) {
        refreshAhead = Bounds.between("tokenguard.jwks.refresh-ahead", ahead, Duration.ofSeconds(1), HOUR);
    }

    /** The shortest time between two loads that unknown keys cause. */
    public void unknownKeyCooldown(Duration shortest) {
        cooldown = Bounds.between("tokenguard.jwks.cooldown", shortest, Duration.ofSeconds(5), HOUR);
    }

    /** How long they are kept after the last successful load. */
    public void staleTtl(Duration ttl) {
        staleTtl = Bounds.between("tokenguard.jwks.outage-ttl", ttl, Duration.ZERO, DAY);
    }

    /** How long one load may take. */
    public void timeout(Duration longest) {
        timeout = Bounds.between("tokenguard.jwks.timeout", longest, Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    /** The greatest number of bytes of a document. */
    public void maxSize(int bytes) {
        maxSize = Bounds.between("tokenguard.jwks.max-size", bytes, 1024, 4 * 1024 * 1024);
    }

    /** The greatest number of keys in a set. */
    public void maxKeys(int keys) {
        maxKeys = Bounds.between("tokenguard.jwks.max-keys", keys, 1, 10_000);
    }

    /** How the issuer is reached. */
    public ConnectionSettingsBuilder connection() {
        return connection;
    }

    /** The longest random delay of the first load. */
    public void initialJitter(Duration longest) {
        initialJitter = Bounds.between("tokenguard.jwks.start-spread", longest, Duration.ZERO, Duration.ofMinutes(5));
    }

    /** The greatest number of loads in a minute. */
    public void maxPerMinute(int loads) {
        maxPerMinute = Bounds.between("tokenguard.jwks.max-loads-per-minute", loads, 1, 10);
    }

    /** How many requests may wait for the first load. */
    public void maxWaiting(int requests) {
        maxWaiting = Bounds.between("tokenguard.jwks.max-waiting", requests, 1, 100_000);
    }

    /** Fails the build unless the first load succeeds. */
    public void failFast() {
        failsFast = true;
    }

    /** Warns if all keys are RSA below 3 072 bits. */
    public void warnOfShortRsa() {
        warnsOfShortRsa = true;
    }

    /** The folder for the last loaded keys. */
    public void snapshots(Path folder) {
        snapshots = Optional.of(folder);
    }

    boolean areDiscovered() {
        return location == null;
    }

    KeyLocation location() {
        return location == null ? new KeyLocation.Discovered() : location;
    }

    KeySettings build(String keyPrefix) {
        Duration ahead = refreshAhead == null ? cacheTtl.dividedBy(5) : refreshAhead;
        if (ahead.compareTo(cacheTtl) >= 0) {
            throw ConfigurationException.of(
                    keyPrefix + "jwks.refresh-ahead",
                    Durations.write(ahead),
                    "set less than " + keyPrefix + "jwks.cache-ttl, which is " + Durations.write(cacheTtl));
        }
        return new KeySettings(
                location(),
                new KeyCacheSettings(cacheTtl, ahead, staleTtl),
                new KeyLoadSettings(
                        new KeyLoadSettings.DocumentLimits(timeout, maxSize, maxKeys, warnsOfShortRsa),
                        cooldown,
                        initialJitter,
                        maxPerMinute,
                        maxWaiting,
                        failsFast),
                connection.build(keyPrefix),
                snapshots,
                false);
    }
}
