package io.tokenguard.internal.revocation;

import java.util.List;
import java.util.Optional;

/**
 * Where the revocations of one target are in a memory.
 *
 * @param tables the entries of the memory
 * @param target the target
 * @param applied which entries still apply
 * @param senders the names of issuers
 */
record RevocationPlace(RevocationTables tables, RevocationTarget target, Cutoff applied, RevocationSenders senders) {
    /** Whether a revocation covers a token. */
    boolean covers(long issuedAt) {
        return RevocationTerms.hit(tables.find(target.ending()), issuedAt, applied.ended())
                || RevocationTerms.hit(tables.find(target.retained()), issuedAt, applied.retained());
    }

    /**
     * For the log: the revocation that covers a token; empty if it has expired since it was found.
     *
     * @param issuedAt when the token was issued, in seconds; {@link Long#MIN_VALUE} if that is not known
     */
    Optional<FoundRevocation> covering(long issuedAt) {
        for (RevocationTarget entry : List.of(target.retained(), target.ending())) {
            long terms = tables.find(entry);
            if (RevocationTerms.hit(terms, issuedAt, entry.isRetained() ? applied.retained() : applied.ended())) {
                return Optional.of(new FoundRevocation(target.kind(), entry.isRetained(), terms, sender(entry)));
            }
        }
        return Optional.empty();
    }

    private String sender(RevocationTarget entry) {
        int sender = tables.senderOf(entry);
        return sender == 0 ? "" : senders.name(sender);
    }
}
