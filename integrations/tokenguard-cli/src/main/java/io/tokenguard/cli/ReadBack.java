package io.tokenguard.cli;

import io.tokenguard.access.Revocation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Recognises a revocation that was just stored. An older revocation of the same target may end earlier, or cover fewer tokens:
 * it does not prove that the new one is stored.
 *
 * @param expected the revocation
 * @param storedAfter a moment before it was stored
 */
record ReadBack(Revocation expected, Instant storedAfter) {
    /** Whether a stored revocation covers all that the expected one covers, for as long. */
    boolean isIn(Revocation stored) {
        return stored.kind() == expected.kind()
                && stored.target().equals(expected.target())
                && coversAsMany(stored)
                && lastsAsLong(stored);
    }

    private boolean coversAsMany(Revocation stored) {
        return stored.issuedBefore().isEmpty()
                || expected.issuedBefore()
                        .filter(before -> !stored.issuedBefore().get().isBefore(seconds(before)))
                        .isPresent();
    }

    /** Key bans never end; the retention of all others counts from when they were stored. */
    private boolean lastsAsLong(Revocation stored) {
        boolean isBan = expected.kind() == Revocation.Kind.KEY_ID || expected.kind() == Revocation.Kind.KEY;
        return isBan
                || stored.retainedFrom()
                        .filter(from -> !from.isBefore(seconds(storedAfter)))
                        .isPresent();
    }

    /** Stores keep seconds or more. */
    private static Instant seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }
}
