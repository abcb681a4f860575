package io.tokenguard.internal.revocation;

/**
 * Which entries have expired, in seconds since 1970.
 *
 * @param ended entries with their own end have expired if that is not after this moment
 * @param retained entries whose retention counts from a moment have expired if that is not after this one
 * @param sender the number of an issuer; zero for none
 * @param foldedUntil entries of this issuer whose retention counts from this moment or an earlier one have expired
 */
record Cutoff(long ended, long retained, int sender, long foldedUntil) {
    Cutoff(long ended, long retained) {
        this(ended, retained, 0, 0);
    }

    /** The same, without the older entries of an issuer. */
    Cutoff withoutOlder(int issuer, long until) {
        return new Cutoff(ended, retained, issuer, until);
    }

    boolean isLiving(long low, long terms) {
        return RevocationTerms.isLiving(terms, RevocationTarget.isRetained(low) ? retained : ended)
                && !isFolded(low, terms);
    }

    private boolean isFolded(long low, long terms) {
        return sender != 0
                && RevocationTarget.senderOf(low) == sender
                && RevocationTarget.isRetained(low)
                && RevocationTerms.end(terms) <= foldedUntil;
    }

    boolean isLiving(RevocationTarget target, long terms) {
        return isLiving(target.low(), terms);
    }
}
