package io.tokenguard.internal.revocation;

import java.util.List;
import java.util.Optional;

/**
 * Where the revocations of one target are in a memory.
 *
 * @param table the table that has them
 * @param target the target
 * @param today which entries have expired
 * @param senders the names of issuers
 */
record RevocationPlace(RevocationTable table, RevocationTarget target, Cutoff today, RevocationSenders senders) {
    /** Whether a revocation covers a token. */
    boolean covers(long issuedAt) {
        return RevocationTerms.hit(table.find(target.ending()), issuedAt, today.ended())
                || RevocationTerms.hit(table.find(target.retained()), issuedAt, today.retained());
    }

    /**
     * For the log: the revocation that covers a token; empty if it has expired since it was found.
     *
     * @param issuedAt when the token was issued, in seconds; {@link Long#MIN_VALUE} if that is not known
     */
    Optional<FoundRevocation> covering(long issuedAt) {
        for (RevocationTarget entry : List.of(target.retained(), target.ending())) {
            long terms = table.find(entry);
            if (RevocationTerms.hit(terms, issuedAt, entry.isRetained() ? today.retained() : today.ended())) {
                return Optional.of(new FoundRevocation(target.kind(), entry.isRetained(), terms, sender(entry)));
            }
        }
        return Optional.empty();
    }

    private String sender(RevocationTarget entry) {
        int sender = table.senderOf(entry);
        return sender == 0 ? "" : senders.name(sender);
    }
}
