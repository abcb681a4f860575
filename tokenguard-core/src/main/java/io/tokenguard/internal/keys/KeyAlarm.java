package io.tokenguard.internal.keys;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.audit.LineLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs how the loads of one issuer's keys end: one warning a minute while they fail, and no more lines in all than a limit
 * allows. The issuers of a template share that limit: anyone can name such issuers. Keys that are left out are logged when they
 * change: as a warning if one breaks a rule, otherwise at info. Text from outside (addresses, key IDs, the issuer that metadata name) is escaped and cut. Thread-safe.
 */
public final class KeyAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(KeyAlarm.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final String issuer;
    private final String configured;
    private final LineLimit lines;
    private final LoadListener listener;
    private final Set<SignatureAlgorithm> accepted;
    private final AtomicReference<@Nullable Instant> warnedAt = new AtomicReference<>();
    private volatile boolean isQuiet;
    private volatile String leftOut = "";

    /**
     * An alarm.
     *
     * @param issuer whose keys are loaded
     * @param configured the issuer as it was configured, which may be a template
     * @param lines limits the lines of each configured issuer
     * @param listener is notified of loads
     * @param accepted the accepted algorithms; keys for others are left out
     */
    public KeyAlarm(
            String issuer,
            String configured,
            LineLimit lines,
            LoadListener listener,
            Set<SignatureAlgorithm> accepted) {
        this.issuer = issuer;
        this.configured = configured;
        this.lines = lines;
        this.listener = listener;
        this.accepted = Set.copyOf(accepted);
    }

    Set<SignatureAlgorithm> accepted() {
        return accepted;
    }

    String issuer() {
        return issuer;
    }

    /** A load begins; returns what is called at its end. */
    LoadListener.End loadBegun() {
        return listener.begun();
    }

    /** Logs no failed load before the first good one: the start fails with it. */
    void beQuietUntilLoaded() {
        isQuiet = true;
    }

    void loadFailed(FetchException problem, boolean keysServe, Duration nextAttempt, Instant now) {
        Instant before = warnedAt.get();
        boolean isRecent = before != null && now.isBefore(before.plus(BETWEEN_WARNINGS));
        if (isQuiet || isRecent || !warnedAt.compareAndSet(before, now)) {
            return;
        }
        write(() -> LOG.warn(
                "The keys of issuer {} could not be loaded: {}; {}; next attempt in {} s",
                issuer,
                problem.getMessage(),
                keysServe ? "the keys of the last successful load stay in use" : "requests with its tokens get 503",
                nextAttempt.toSeconds()));
    }

    void loadSucceeded(KeySet keys, boolean hadFailed) {
        isQuiet = false;
        if (hadFailed) {
            write(() -> LOG.info("The keys of issuer {} are loaded again", issuer));
        }
        String left = keys.leftOut(accepted);
        if (!left.isEmpty() && !left.equals(leftOut)) {
            write(() -> LOG.atLevel(keys.hasFlaws() || keys.counts(accepted).isEmpty() ? Level.WARN : Level.INFO)
                    .log("Keys of issuer {} are left out: {}", issuer, left));
        }
        leftOut = left;
    }

    void observerFailed(RuntimeException problem) {
        write(() -> LOG.error(
                "The loaded keys of issuer {} were not compared with the key bans: {}",
                issuer,
                problem.getClass().getSimpleName()));
    }

    void snapshotNotTaken(FetchException problem) {
        write(() -> LOG.warn("The saved keys of issuer {} were not used: {}", issuer, problem.getMessage()));
    }

    void snapshotNotSaved(Exception problem) {
        write(() -> LOG.warn(
                "The keys of issuer {} could not be saved: {}",
                issuer,
                problem.getClass().getSimpleName()));
    }

    private void write(Runnable line) {
        lines.write(configured, line);
    }
}
