package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import java.time.Instant;

/**
 * Which tokens of a target are hit, and until when: two times in whole seconds since 1970, in one number that is read and
 * written at once. The upper half is the moment before which a token was issued, {@link #ALL} where that does not matter;
 * the lower half is the end. Good until 2106; what is later than that never ends.
 */
final class RevocationTerms {
    static final long NONE = 0;
    private static final long ALL = 0xFFFF_FFFFL;

    private RevocationTerms() {}

    static long of(Revocation revocation, Instant end) {
        long issuedBefore = revocation
                .issuedBefore()
                .map(moment -> Math.min(ALL - 1, secondsUp(moment)))
                .orElse(ALL);
        return (issuedBefore << 32) | Math.max(1, secondsUp(end));
    }

    /** A second that has begun counts: of two readings, the one that hits. */
    private static long secondsUp(Instant moment) {
        long seconds = moment.getEpochSecond() + (moment.getNano() == 0 ? 0 : 1);
        return Math.max(0, Math.min(ALL, seconds));
    }

    static boolean isLiving(long terms, long now) {
        long end = terms & ALL;
        return terms != NONE && (end == ALL || now < end);
    }

    /** Whether a token is hit. One that was issued in the very second before which tokens are hit is not. */
    static boolean hit(long terms, long issuedAt, long now) {
        long issuedBefore = terms >>> 32;
        return isLiving(terms, now) && (issuedBefore == ALL || issuedAt < issuedBefore);
    }

    /** What hits all that either hits, for as long as either does. */
    static long merged(long one, long other) {
        return (Math.max(one >>> 32, other >>> 32) << 32) | Math.max(one & ALL, other & ALL);
    }

    static long end(long terms) {
        return terms & ALL;
    }
}
