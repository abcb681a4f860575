package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation.Kind;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** How many entries there are of each kind, and of each issuer. Written by one thread at a time, read by any number. */
final class EntryCounts {
    private static final int SENDERS = 256;

    private final AtomicIntegerArray kinds = new AtomicIntegerArray(Kind.values().length);
    private final AtomicIntegerArray senders = new AtomicIntegerArray(SENDERS);

    void add(RevocationTarget target) {
        kinds.incrementAndGet(RevocationTarget.kindOf(target.low()));
        senders.incrementAndGet(RevocationTarget.senderOf(target.low()));
    }

    /** Replaces the counts of one table by those of another. Changes each number once, so that no reader misses a kind. */
    void replace(RevocationTable older, RevocationTable fresh) {
        int[] kindChange = new int[kinds.length()];
        int[] senderChange = new int[SENDERS];
        older.forEachTarget(low -> {
            kindChange[RevocationTarget.kindOf(low)]--;
            senderChange[RevocationTarget.senderOf(low)]--;
        });
        fresh.forEachTarget(low -> {
            kindChange[RevocationTarget.kindOf(low)]++;
            senderChange[RevocationTarget.senderOf(low)]++;
        });
        addAll(kinds, kindChange);
        addAll(senders, senderChange);
    }

    private static void addAll(AtomicIntegerArray numbers, int[] change) {
        for (int i = 0; i < change.length; i++) {
            if (change[i] != 0) {
                numbers.addAndGet(i, change[i]);
            }
        }
    }

    boolean hasAny(Kind kind) {
        return kinds.get(RevocationTarget.number(kind)) > 0;
    }

    int of(int sender) {
        return senders.get(sender);
    }

    int total() {
        int total = 0;
        for (int kind = 0; kind < kinds.length(); kind++) {
            total += kinds.get(kind);
        }
        return total;
    }
}
