package io.tokenguard.internal.revocation;

/**
 * Until when revocations that found no free place would match tokens. Written by one thread at a time, read by any number.
 */
final class LostRevocations {
    private volatile long endedUntil = Long.MIN_VALUE;
    private volatile long retainedFrom = Long.MIN_VALUE;

    void add(RevocationTarget target, long terms) {
        long moment = RevocationTerms.end(terms);
        if (target.isRetained()) {
            retainedFrom = Math.max(retainedFrom, moment);
        } else {
            endedUntil = Math.max(endedUntil, moment);
        }
    }

    /** Whether there never were any. */
    boolean areNone() {
        return endedUntil == Long.MIN_VALUE && retainedFrom == Long.MIN_VALUE;
    }

    /** Whether none would match a token any more. */
    boolean areOver(Cutoff today) {
        return today.ended() >= endedUntil && today.retained() >= retainedFrom;
    }
}
