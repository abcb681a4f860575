package io.tokenguard.internal.revocation;

/**
 * When the entries of a memory end, and what is known of entries that it no longer has. Written by one thread at a time, read
 * by any number. Times are seconds since 1970.
 */
final class RevocationExpiry {
    private static final long TOLERANCE = RevocationLimits.CLOCK_TOLERANCE.toSeconds();

    private final LostRevocations lost = new LostRevocations();
    private volatile RevocationLimits limits;
    private volatile long forgotten = Long.MIN_VALUE;

    RevocationExpiry(RevocationLimits limits) {
        this.limits = limits;
    }

    RevocationLimits limits() {
        return limits;
    }

    void resize(RevocationLimits changed) {
        limits = changed;
    }

    /** Which entries may be dropped if the space is needed: they have expired by the current limits. */
    Cutoff needed(long now) {
        return new Cutoff(now, RevocationLimits.start(now, limits.retention()));
    }

    /** Which entries no longer apply. One applies for longer than needed: this clock may have been slow when it arrived. */
    Cutoff applied(long now) {
        return new Cutoff(now, RevocationLimits.start(now, limits.retention()) - TOLERANCE);
    }

    /** Which entries are dropped: they had expired by any limits before the tolerance, as this clock may be ahead now. */
    Cutoff stored(long now) {
        return new Cutoff(now - TOLERANCE, RevocationLimits.start(now, limits.kept()) - TOLERANCE);
    }

    /**
     * The terms of two revocations of one target. If both have expired, they are kept as they are: they apply again if the clock
     * is set back, and no entry may be without terms.
     */
    long merged(RevocationTarget target, long one, long other, long now) {
        long merged = RevocationTerms.merged(left(target, one, now), left(target, other, now));
        return merged == RevocationTerms.NONE ? RevocationTerms.merged(one, other) : merged;
    }

    /** What is left of the terms of a revocation: an expired one must not make another one revoke tokens issued since. */
    private long left(RevocationTarget target, long terms, long now) {
        if (applied(now).isLiving(target, terms)) {
            return terms;
        }
        return target.isRetained() ? RevocationTerms.settled(terms, limits.skewSeconds()) : RevocationTerms.NONE;
    }

    /**
     * Records that entries were dropped. The tokens that they matched were issued up to that moment, or up to the clock skew
     * later by the clock of the issuer.
     *
     * @param moment the latest moment from which the retention of one counts; {@link RevocationTerms#NONE} if there is none
     */
    void dropped(long moment) {
        if (moment != RevocationTerms.NONE) {
            forgotten = Math.max(forgotten, moment + limits.skewSeconds());
        }
    }

    /** Whether an entry that matches a token may have been dropped; see {@link RevocationMemory#mayHaveForgotten}. */
    boolean mayHaveDropped(long issuedAt) {
        return issuedAt != Long.MIN_VALUE && issuedAt <= forgotten;
    }

    /** Records a revocation without a free place. Returns false if it is missing now, true if it has expired. */
    boolean lose(RevocationTarget target, long terms, long now) {
        boolean isOver = !needed(now).isLiving(target, terms);
        if (isOver) {
            dropped(RevocationTerms.end(terms));
        } else {
            lost.add(target, terms);
        }
        return isOver;
    }

    /** Whether no revocation is missing that has not expired. */
    boolean isComplete(long now) {
        return lost.areNone() || lost.areOver(needed(now));
    }
}
