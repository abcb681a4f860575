package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation.Kind;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** How many entries there are of each kind, and of each issuer. Written by one thread at a time, read by any number. */
final class EntryCounts {
    private static final int FEW_SENDERS = 256;

    private final AtomicIntegerArray kinds = new AtomicIntegerArray(Kind.values().length);
    private volatile AtomicIntegerArray senders = new AtomicIntegerArray(FEW_SENDERS);

    void add(RevocationTarget target) {
        kinds.incrementAndGet(RevocationTarget.kindOf(target.low()));
        count(RevocationTarget.senderOf(target.low()), 1);
    }

    /** An entry of an issuer is of nobody from now on; zero if none changed. */
    void moved(int sender) {
        if (sender != 0) {
            count(sender, -1);
            count(0, 1);
        }
    }

    private void count(int sender, int change) {
        AtomicIntegerArray known = senders;
        if (sender >= known.length()) {
            known = copy(known, Math.max(sender + 1, 2 * known.length()));
            senders = known;
        }
        known.addAndGet(sender, change);
    }

    private static AtomicIntegerArray copy(AtomicIntegerArray older, int length) {
        AtomicIntegerArray longer = new AtomicIntegerArray(length);
        for (int i = 0; i < older.length(); i++) {
            longer.set(i, older.get(i));
        }
        return longer;
    }

    /**
     * Replaces the counts of one table by those of another. Changes the number of each kind once, so that no reader misses a
     * kind.
     */
    void replace(RevocationTable older, RevocationTable fresh) {
        int[] change = new int[kinds.length()];
        older.forEachTarget(low -> {
            change[RevocationTarget.kindOf(low)]--;
            count(RevocationTarget.senderOf(low), -1);
        });
        fresh.forEachTarget(low -> {
            change[RevocationTarget.kindOf(low)]++;
            count(RevocationTarget.senderOf(low), 1);
        });
        for (int kind = 0; kind < change.length; kind++) {
            if (change[kind] != 0) {
                kinds.addAndGet(kind, change[kind]);
            }
        }
    }

    boolean hasAny(Kind kind) {
        return kinds.get(RevocationTarget.number(kind)) > 0;
    }

    int of(int sender) {
        AtomicIntegerArray known = senders;
        return sender < known.length() ? known.get(sender) : 0;
    }

    /** The issuer with the most entries; zero if no issuer has any. */
    int largestSender() {
        AtomicIntegerArray known = senders;
        int largest = 0;
        for (int sender = 1; sender < known.length(); sender++) {
            if (known.get(sender) > (largest == 0 ? 0 : known.get(largest))) {
                largest = sender;
            }
        }
        return largest;
    }

    int total() {
        int total = 0;
        for (int kind = 0; kind < kinds.length(); kind++) {
            total += kinds.get(kind);
        }
        return total;
    }
}
