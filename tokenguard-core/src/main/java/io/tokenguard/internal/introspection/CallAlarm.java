package io.tokenguard.internal.introspection;

import io.tokenguard.internal.keys.FetchException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator how calls fare: one warning in a minute, however many fail, and one of its own where our credentials are
 * refused. Names the issuer as it was configured, and says the rest in fixed words. Thread-safe, without a lock.
 */
final class CallAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(CallAlarm.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final AtomicReference<@Nullable Instant> warnedOfFailures = new AtomicReference<>();
    private final AtomicReference<@Nullable Instant> warnedOfCredentials = new AtomicReference<>();
    private final String issuer;
    private final Clock clock;
    private volatile @Nullable String lastFailure;
    private volatile boolean refusesUs;

    CallAlarm(String issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** RFC 7662 §2.3: of 401 and 403 our own credentials are the cause, never the token. */
    static boolean isRefusalOfUs(FetchException failure) {
        return failure.status() == 401 || failure.status() == 403;
    }

    void failed(FetchException failure) {
        refusesUs = isRefusalOfUs(failure);
        failed(failure.getMessage());
    }

    void failed(String problem) {
        lastFailure = problem;
        if (!isDue(refusesUs ? warnedOfCredentials : warnedOfFailures)) {
            return;
        }
        if (refusesUs) {
            LOG.warn(
                    "Issuer {} refuses our own credentials at its introspection endpoint ({}): mend them; tokens that it is"
                            + " asked about are answered with 503",
                    issuer,
                    problem);
        } else {
            LOG.warn(
                    "Issuer {} can't be asked about tokens: {}; those that it has to be asked about are answered with 503",
                    issuer,
                    problem);
        }
    }

    private boolean isDue(AtomicReference<@Nullable Instant> warnedAt) {
        Instant now = clock.instant();
        Instant before = warnedAt.get();
        boolean isRecent = before != null && now.isBefore(before.plus(BETWEEN_WARNINGS));
        return !isRecent && warnedAt.compareAndSet(before, now);
    }

    void answered() {
        if (lastFailure != null) {
            lastFailure = null;
            refusesUs = false;
        }
    }

    Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    boolean refusesUs() {
        return refusesUs;
    }
}
