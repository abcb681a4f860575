package io.tokenguard.internal.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator that it can't be told what is revoked: one warning in a minute of each sort. */
final class RevocationAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationAlarm.class);
    private static final long BETWEEN_WARNINGS = Duration.ofMinutes(1).toSeconds();

    private final AtomicLong passedAt = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong fullAt = new AtomicLong(Long.MIN_VALUE);

    void passing(Instant now) {
        if (isDue(passedAt, now)) {
            LOG.warn("Tokens pass though it can't be told whether they were revoked (outage fail-open)");
        }
    }

    void full(Instant now) {
        if (isDue(fullAt, now)) {
            LOG.error("There is no room for a revocation: set tokenguard.revocation.capacity higher");
        }
    }

    /** Of many threads at once, one tells. A clock that was set back is no reason to be silent. */
    private static boolean isDue(AtomicLong last, Instant now) {
        long before = last.get();
        long seconds = now.getEpochSecond();
        boolean isRecent = seconds >= before && seconds < before + BETWEEN_WARNINGS;
        return !isRecent && last.compareAndSet(before, seconds);
    }
}
