package io.tokenguard.internal.revocation;

/**
 * Which entries are over, in seconds since 1970.
 *
 * @param ended entries with an end of their own are over if that is not after this moment
 * @param retained entries whose retention counts from a moment are over if that is not after this one
 */
record Cutoff(long ended, long retained) {
    boolean isLiving(long low, long terms) {
        return RevocationTerms.isLiving(terms, RevocationTarget.isRetained(low) ? retained : ended);
    }

    boolean isLiving(RevocationTarget target, long terms) {
        return isLiving(target.low(), terms);
    }
}
