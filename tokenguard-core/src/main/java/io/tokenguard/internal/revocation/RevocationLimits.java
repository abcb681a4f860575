package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import java.time.Duration;
import java.time.Instant;

/**
 * How many revocations are held, and for how long.
 *
 * @param capacity the greatest number of revocations
 * @param retention how long a revocation hits tokens that does not say
 * @param kept how long such a revocation is kept while there is room, as a later configuration may accept tokens that live
 *     longer; not less than the retention
 */
public record RevocationLimits(int capacity, Duration retention, Duration kept) {
    /** A revocation whose end the retention decides, with the latest end that any retention allows. */
    Revocation retained(Revocation revocation, Instant from) {
        boolean isFar = from.isAfter(Instant.MAX.minus(kept));
        return revocation.retained(from, isFar ? Instant.MAX : from.plus(kept));
    }

    /** The moment from which a retention must count for it to be going on. */
    static long start(long now, Duration retention) {
        return now - retention.plusNanos(999_999_999).toSeconds();
    }
}
