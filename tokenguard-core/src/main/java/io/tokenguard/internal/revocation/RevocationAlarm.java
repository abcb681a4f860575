package io.tokenguard.internal.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns the operator that revocations are unknown or were replaced: one line a minute of each kind. */
final class RevocationAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationAlarm.class);
    private static final long BETWEEN_WARNINGS = Duration.ofMinutes(1).toSeconds();

    private final AtomicLong passedAt = new AtomicLong(Long.MIN_VALUE);
    private final AtomicReference<@Nullable FoldedRevocations> told = new AtomicReference<>();
    private final AtomicLong fullAt = new AtomicLong(Long.MIN_VALUE);

    void passing(Instant now) {
        if (isDue(passedAt, now)) {
            LOG.warn("Tokens are accepted although it is not known whether they were revoked (tokenguard.revocation.outage is fail-open)");
        }
    }

    void full(Instant now) {
        if (isDue(fullAt, now)) {
            LOG.error("A revocation was not stored, because the memory is full: set tokenguard.revocation.capacity higher");
        }
    }

    /** Once for each fold. */
    void folded(FoldedRevocations fold) {
        if (!fold.equals(told.getAndSet(fold))) {
            LOG.error(
                    "Issuer {} has sent more revocations than its share of tokenguard.revocation.capacity. The {} older ones were"
                            + " replaced: all of its tokens that were issued up to {} are revoked. Set"
                            + " tokenguard.revocation.capacity higher, and check what the issuer sends",
                    fold.issuer(),
                    fold.count(),
                    fold.issuedUpTo());
        }
    }

    /** Lets one of many concurrent threads log. A clock that was set back silences nothing. */
    private static boolean isDue(AtomicLong last, Instant now) {
        long before = last.get();
        long seconds = now.getEpochSecond();
        boolean isRecent = seconds >= before && seconds < before + BETWEEN_WARNINGS;
        return !isRecent && last.compareAndSet(before, seconds);
    }
}
