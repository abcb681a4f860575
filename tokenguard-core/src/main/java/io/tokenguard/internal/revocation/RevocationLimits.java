package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import java.time.Duration;
import java.time.Instant;

/**
 * How many revocations are stored, and for how long.
 *
 * @param capacity the greatest number of revocations
 * @param retention how long a revocation without its own end applies at least
 * @param kept how long such a revocation is kept while there is space, as a later configuration may accept longer-lived
 *     tokens; not less than the retention
 * @param clockSkew by how much the clocks of issuers may be ahead
 */
public record RevocationLimits(int capacity, Duration retention, Duration kept, Duration clockSkew) {
    /** By how much the clock of this node may be wrong for a while without consequences for revocations. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

    /** The clock skew in seconds, rounded up. */
    long skewSeconds() {
        return clockSkew.plusNanos(999_999_999).toSeconds();
    }

    /**
     * Adds an end to a revocation without one: the retention, from the issue of the last token that it has to revoke. It is
     * stored for longer, and each look-up applies the current retention, so that neither a later configuration nor another
     * node forgets it too early.
     */
    Revocation ending(Revocation revocation, Instant now) {
        if (revocation.forgetAt().isPresent()) {
            return revocation;
        }
        return retained(
                revocation, revocation.issuedBefore().filter(now::isBefore).orElse(now));
    }

    /** A revocation without its own end, with the latest end that any retention allows. */
    Revocation retained(Revocation revocation, Instant from) {
        boolean isFar = from.isAfter(Instant.MAX.minus(kept));
        return revocation.retained(from, isFar ? Instant.MAX : from.plus(kept));
    }

    /** The moment from which a retention must count to still apply now. */
    static long start(long now, Duration retention) {
        return now - retention.plusNanos(999_999_999).toSeconds();
    }
}
