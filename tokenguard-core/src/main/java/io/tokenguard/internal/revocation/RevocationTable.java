package io.tokenguard.internal.revocation;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An open hash table of 24 bytes per place. Written by one thread at a time, read by any number without a lock: the name of
 * an entry is written before its terms, and never changes afterwards.
 */
final class RevocationTable {
    private static final int SMALLEST = 8;

    private final long[] high;
    private final long[] low;
    private final AtomicLongArray terms;
    private int used;

    private RevocationTable(int places) {
        this.high = new long[places];
        this.low = new long[places];
        this.terms = new AtomicLongArray(places);
    }

    /** A table with the live entries of another one, and space for as many more. */
    static RevocationTable rebuilt(@Nullable RevocationTable older, Cutoff cutoff) {
        RevocationTable fresh =
                new RevocationTable(Math.max(SMALLEST, older == null ? 0 : older.livingAfter(cutoff) * 2));
        if (older != null) {
            older.copyTo(fresh, cutoff);
        }
        return fresh;
    }

    private void copyTo(RevocationTable fresh, Cutoff cutoff) {
        for (int place = 0; place < terms.length(); place++) {
            long held = terms.getPlain(place);
            if (cutoff.isLiving(low[place], held)) {
                fresh.put(new RevocationTarget(high[place], low[place]), held);
            }
        }
    }

    /** The terms of a target; {@link RevocationTerms#NONE} if it is not stored. */
    long find(RevocationTarget target) {
        for (int place = firstPlaceOf(target); ; place = next(place)) {
            // Read once: a free place may be taken in the next moment.
            long held = terms.getAcquire(place);
            if (held == RevocationTerms.NONE || isAt(place, target)) {
                return held;
            }
        }
    }

    private int firstPlaceOf(RevocationTarget target) {
        long spread = (target.low() >>> 32) ^ (target.high() & 0xFFFF_FFFFL);
        return (int) ((spread * high.length) >>> 32);
    }

    private int next(int place) {
        return place + 1 == high.length ? 0 : place + 1;
    }

    /** How many places are passed on the way to a target. */
    int placesBefore(RevocationTarget target) {
        return Math.floorMod(placeOf(target) - firstPlaceOf(target), high.length);
    }

    /** For the writing thread only. */
    private int placeOf(RevocationTarget target) {
        int place = firstPlaceOf(target);
        while (terms.getPlain(place) != RevocationTerms.NONE && !isAt(place, target)) {
            place = next(place);
        }
        return place;
    }

    private boolean isAt(int place, RevocationTarget target) {
        return target.isOf(high[place], low[place]);
    }

    /**
     * Adds a target, or replaces its terms.
     *
     * @throws IllegalArgumentException if there are no terms: look-ups would end there, and miss others
     */
    void put(RevocationTarget target, long newTerms) {
        if (newTerms == RevocationTerms.NONE) {
            throw new IllegalArgumentException("an entry without terms");
        }
        int place = placeOf(target);
        if (terms.getPlain(place) == RevocationTerms.NONE) {
            high[place] = target.high();
            low[place] = target.low();
            used++;
        }
        terms.setRelease(place, newTerms);
    }

    /**
     * Makes a stored target nobody's if another sender adds it too. Readers ignore the sender, so they find it before and after.
     *
     * @return the former sender; zero if nothing changed
     */
    int share(RevocationTarget target) {
        int place = placeOf(target);
        int former = RevocationTarget.senderOf(low[place]);
        if (former == 0 || former == RevocationTarget.senderOf(target.low())) {
            return 0;
        }
        low[place] = new RevocationTarget(high[place], low[place]).sentBy(0).low();
        return former;
    }

    boolean isCrowded() {
        return 4L * (used + 1) > 3L * high.length;
    }

    int used() {
        return used;
    }

    /** How many entries have not expired. */
    int livingAfter(Cutoff cutoff) {
        int living = 0;
        for (int place = 0; place < terms.length(); place++) {
            living += cutoff.isLiving(low[place], terms.getPlain(place)) ? 1 : 0;
        }
        return living;
    }

    /**
     * The latest moment from which the retention of an expired entry counts; {@link RevocationTerms#NONE} if there is none.
     */
    long latestOver(Cutoff cutoff) {
        long latest = RevocationTerms.NONE;
        for (int place = 0; place < terms.length(); place++) {
            long held = terms.getPlain(place);
            if (RevocationTarget.isRetained(low[place]) && !cutoff.isLiving(low[place], held)) {
                latest = Math.max(latest, RevocationTerms.end(held));
            }
        }
        return latest;
    }

    /** Passes on each live entry, while others may be added. */
    void forEach(Cutoff cutoff, BiConsumer<RevocationTarget, Long> taker) {
        for (int place = 0; place < terms.length(); place++) {
            long held = terms.getAcquire(place);
            if (held != RevocationTerms.NONE && cutoff.isLiving(low[place], held)) {
                taker.accept(new RevocationTarget(high[place], low[place]), held);
            }
        }
    }

    /** Passes on the lower half of each entry's target. For the writing thread only. */
    void forEachTarget(LongConsumer taker) {
        for (int place = 0; place < terms.length(); place++) {
            if (terms.getPlain(place) != RevocationTerms.NONE) {
                taker.accept(low[place]);
            }
        }
    }

    /** The number of the issuer that sent an entry, for the log; zero if none did, or if there is no such entry. */
    int senderOf(RevocationTarget target) {
        for (int place = firstPlaceOf(target); ; place = next(place)) {
            if (terms.getAcquire(place) == RevocationTerms.NONE) {
                return 0;
            }
            if (isAt(place, target)) {
                return RevocationTarget.senderOf(low[place]);
            }
        }
    }

    /** The size of its arrays, in bytes, as the platform allocates them: headers of 16 bytes, rounded up to 8. */
    long bytes() {
        return 3 * 16L + 24L * high.length;
    }
}
