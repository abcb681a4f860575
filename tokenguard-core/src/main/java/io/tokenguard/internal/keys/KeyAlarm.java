package io.tokenguard.internal.keys;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the state of the keys of one issuer: at most one warning a minute, however often loads fail. Logs only the configured
 * issuer and fixed words.
 */
final class KeyAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(KeyAlarm.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final String issuer;
    private volatile @Nullable Instant warnedAt;

    KeyAlarm(String issuer) {
        this.issuer = issuer;
    }

    void loadFailed(FetchException problem, boolean keysServe, Duration nextAttempt, Instant now) {
        Instant before = warnedAt;
        if (before != null && now.isBefore(before.plus(BETWEEN_WARNINGS))) {
            return;
        }
        warnedAt = now;
        LOG.warn(
                "The keys of issuer {} could not be loaded: {}; {}; next attempt in {} s",
                issuer,
                problem.getMessage(),
                keysServe ? "the keys of the last successful load stay in use" : "requests with its tokens get 503",
                nextAttempt.toSeconds());
    }

    void loadSucceeded(KeySet keys, boolean hadFailed) {
        if (hadFailed) {
            LOG.info("The keys of issuer {} are loaded again", issuer);
        }
        keys.refused().forEach(refused -> LOG.warn("A key of issuer {} was refused: {}", issuer, refused.flaw()));
    }

    void observerFailed(RuntimeException problem) {
        LOG.error(
                "The loaded keys of issuer {} were not compared with the key bans: {}",
                issuer,
                problem.getClass().getSimpleName());
    }

    void snapshotNotTaken(FetchException problem) {
        LOG.warn("The saved keys of issuer {} were not used: {}", issuer, problem.getMessage());
    }

    void snapshotNotSaved(Exception problem) {
        LOG.warn(
                "The keys of issuer {} could not be saved: {}",
                issuer,
                problem.getClass().getSimpleName());
    }
}
