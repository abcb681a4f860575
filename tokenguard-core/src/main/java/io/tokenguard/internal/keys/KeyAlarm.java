package io.tokenguard.internal.keys;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator how the keys of one issuer fare: one warning in a minute, however often loads fail. Names the issuer as
 * it was configured, and says the rest in fixed words.
 */
final class KeyAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(KeyAlarm.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final String issuer;
    private volatile @Nullable Instant warnedAt;
    private volatile boolean isQuiet;

    /**
     * An alarm.
     *
     * @param isQuiet whether it says nothing of failed loads before the first good one, because the start fails with them
     */
    KeyAlarm(String issuer, boolean isQuiet) {
        this.issuer = issuer;
        this.isQuiet = isQuiet;
    }

    void loadFailed(FetchException problem, boolean keysServe, Duration nextAttempt, Instant now) {
        Instant before = warnedAt;
        if (isQuiet || (before != null && now.isBefore(before.plus(BETWEEN_WARNINGS)))) {
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
        isQuiet = false;
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
        LOG.warn("The saved keys of issuer {} were not taken: {}", issuer, problem.getMessage());
    }

    void snapshotNotSaved(Exception problem) {
        LOG.warn(
                "The keys of issuer {} could not be saved: {}",
                issuer,
                problem.getClass().getSimpleName());
    }
}
