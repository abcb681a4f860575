package io.tokenguard.internal.revocation;

import java.util.stream.LongStream;

/** Finds the older half of an issuer's revocations. For the writing thread only. */
final class OlderHalf {
    private final LongStream.Builder moments = LongStream.builder();
    private final Cutoff cutoff;
    private final int sender;

    /**
     * No revocations yet.
     *
     * @param cutoff which entries have expired
     * @param sender the issuer's number
     */
    OlderHalf(Cutoff cutoff, int sender) {
        this.cutoff = cutoff;
        this.sender = sender;
    }

    /** Adds the issuer's entries in one of the tables. */
    void add(RevocationTables tables, int number) {
        tables.forEach(number, cutoff, (entry, terms) -> {
            if (entry.isRetained() && RevocationTarget.senderOf(entry.low()) == sender) {
                moments.add(RevocationTerms.end(terms));
            }
        });
    }

    /** When the newest of the older half was received; {@link RevocationTerms#NONE} if there are none. */
    long newest() {
        long[] sorted = moments.build().sorted().toArray();
        return sorted.length == 0 ? RevocationTerms.NONE : sorted[(sorted.length - 1) / 2];
    }
}
