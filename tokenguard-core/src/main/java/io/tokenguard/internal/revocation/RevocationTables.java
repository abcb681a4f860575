package io.tokenguard.internal.revocation;

import io.tokenguard.access.Revocation.Kind;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;

/**
 * The entries of a memory in 256 hash tables, and how many there are. Replacing one table takes less than a millisecond.
 * Written by one thread at a time, read by any number without a lock.
 */
final class RevocationTables {
    /** How many tables there are. */
    static final int COUNT = 256;

    private final AtomicReferenceArray<RevocationTable> tables = new AtomicReferenceArray<>(COUNT);
    private final EntryCounts counts = new EntryCounts();
    private int used;

    RevocationTables() {
        for (int number = 0; number < COUNT; number++) {
            tables.set(number, RevocationTable.rebuilt(null, new Cutoff(0, 0)));
        }
    }

    private static int number(RevocationTarget target) {
        return (int) (target.high() >>> 56);
    }

    private RevocationTable of(RevocationTarget target) {
        return tables.get(number(target));
    }

    /** The terms of a target; {@link RevocationTerms#NONE} if it has no entry. */
    long find(RevocationTarget target) {
        return of(target).find(target);
    }

    /** The number of the issuer that sent an entry, for the log; zero if none did, or if there is no such entry. */
    int senderOf(RevocationTarget target) {
        return of(target).senderOf(target);
    }

    /** Adds an entry of a new target. */
    void insert(RevocationTarget target, long terms) {
        of(target).put(target, terms);
        used++;
        counts.add(target);
    }

    /** Replaces the terms of an entry. */
    void update(RevocationTarget target, long terms) {
        of(target).put(target, terms);
    }

    /** Makes an entry nobody's if it has another sender. */
    void share(RevocationTarget target) {
        counts.moved(of(target).share(target));
    }

    /**
     * Makes space for a target in its table.
     *
     * @param cutoff which entries are dropped if the table is crowded
     * @return the latest moment from which the retention of a dropped entry counts; {@link RevocationTerms#NONE} if there is none
     */
    long makeSpace(RevocationTarget target, Cutoff cutoff) {
        return of(target).isCrowded() ? rebuild(number(target), cutoff) : RevocationTerms.NONE;
    }

    /**
     * Drops expired entries of a table if there are any.
     *
     * @return as for {@link #makeSpace}
     */
    long tidy(int number, Cutoff cutoff) {
        RevocationTable table = tables.get(number);
        return table.livingAfter(cutoff) < table.used() ? rebuild(number, cutoff) : RevocationTerms.NONE;
    }

    /**
     * Drops expired entries of a table.
     *
     * @return as for {@link #makeSpace}
     */
    long rebuild(int number, Cutoff cutoff) {
        long dropped = tables.get(number).latestOver(cutoff);
        replace(number, cutoff);
        return dropped;
    }

    /** Drops entries of a table that another entry replaces. */
    void replace(int number, Cutoff cutoff) {
        RevocationTable older = tables.get(number);
        RevocationTable fresh = RevocationTable.rebuilt(older, cutoff);
        tables.set(number, fresh);
        counts.replace(older, fresh);
        used += fresh.used() - older.used();
    }

    /** Passes on each live entry of a table, while others may be added. */
    void forEach(int number, Cutoff cutoff, BiConsumer<RevocationTarget, Long> taker) {
        tables.get(number).forEach(cutoff, taker);
    }

    /** How many entries there are. For the writing thread only. */
    int used() {
        return used;
    }

    /** How many entries there are, for any thread. */
    int total() {
        return counts.total();
    }

    boolean hasAny(Kind kind) {
        return counts.hasAny(kind);
    }

    /** How many entries an issuer has, by its number. */
    int countOf(int sender) {
        return counts.of(sender);
    }

    /** The number of the issuer with the most entries; zero if no issuer has any. */
    int largestSender() {
        return counts.largestSender();
    }

    /** How many places a look-up passes. */
    int placesBefore(RevocationTarget target) {
        return of(target).placesBefore(target);
    }

    /** The size of all tables, in bytes. */
    long bytes() {
        long bytes = 0;
        for (int number = 0; number < COUNT; number++) {
            bytes += tables.get(number).bytes();
        }
        return bytes;
    }
}
