package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation;
import java.time.Instant;
import java.util.Optional;

/**
 * Which tokens of a target are revoked, and until when: two times in whole seconds since 1970, in one number that is read and
 * written atomically. The upper half is the moment before which a token was issued, {@link #ALL} if that does not matter. The
 * lower half is the end, or the moment from which the retention counts: the raw fact, compared with now or with the start of
 * a retention that ends now. Valid until 2106; later times mean no end.
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

    /**
     * Revokes tokens that were issued up to a moment, from which the retention counts.
     *
     * @param skew by how many seconds the issuer's clock may be ahead
     */
    static long upTo(long moment, long skew) {
        return (Math.min(ALL - 1, moment + skew + 1) << 32) | moment;
    }

    /** Rounded up, so that errors refuse. */
    private static long secondsUp(Instant moment) {
        long seconds = moment.getEpochSecond() + (moment.getNano() == 0 ? 0 : 1);
        return Math.max(0, Math.min(ALL, seconds));
    }

    static boolean isLiving(long terms, long now) {
        long end = terms & ALL;
        return terms != NONE && (end == ALL || now < end);
    }

    /** Whether a token is revoked. Not if it was issued in the same second before which tokens are revoked. */
    static boolean hit(long terms, long issuedAt, long now) {
        long issuedBefore = terms >>> 32;
        return isLiving(terms, now) && (issuedBefore == ALL || issuedAt < issuedBefore);
    }

    /** Revokes whatever either revokes, for as long as either does. */
    static long merged(long one, long other) {
        return (Math.max(one >>> 32, other >>> 32) << 32) | Math.max(one & ALL, other & ALL);
    }

    /**
     * The terms after their retention: they need not revoke tokens issued after the moment from which the retention counts.
     *
     * @param skew by how many seconds the issuer's clock may be ahead
     */
    static long settled(long terms, long skew) {
        long upTo = upTo(terms & ALL, skew);
        return Long.compareUnsigned(terms, upTo) < 0 ? terms : upTo;
    }

    static Optional<Instant> issuedBefore(long terms) {
        long seconds = terms >>> 32;
        return seconds == ALL ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    /** The lower half; {@link Instant#MAX} if it never ends. */
    static Instant moment(long terms) {
        long seconds = terms & ALL;
        return seconds == ALL ? Instant.MAX : Instant.ofEpochSecond(seconds);
    }

    static long end(long terms) {
        return terms & ALL;
    }
}
