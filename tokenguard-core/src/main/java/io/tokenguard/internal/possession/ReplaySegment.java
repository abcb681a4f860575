package io.tokenguard.internal.possession;

/**
 * A part of the replay store: an open hash table of 20 bytes per place, between two fifths and three quarters full. An entry
 * contains when its proof was made; it is live while that is after a cutoff, and live entries are never dropped. Not
 * thread-safe: the caller's lock is usually held for less than a microsecond, and for one walk over the table when it is
 * cleared.
 */
final class ReplaySegment {
    private static final int SMALLEST = 64;
    private static final int FREE = 0;

    private long[] high = new long[SMALLEST];
    private long[] low = new long[SMALLEST];
    /** In the seconds of the store; {@link #FREE} for a free place. */
    private int[] madeAt = new int[SMALLEST];

    private int used;
    private int tendedAt = FREE;
    private int clearedAt = FREE;
    /** When the youngest of the dropped proofs was made. */
    private int dropped = FREE;

    /** The place of an entry, or the free place where it would be. */
    private int placeOf(long highBits, long lowBits) {
        int place = (int) (((lowBits >>> 32) * madeAt.length) >>> 32);
        while (madeAt[place] != FREE && (high[place] != highBits || low[place] != lowBits)) {
            place = place + 1 == madeAt.length ? 0 : place + 1;
        }
        return place;
    }

    /** Whether a live entry is there. */
    boolean holds(long highBits, long lowBits, int cutoff) {
        return madeAt[placeOf(highBits, lowBits)] > cutoff;
    }

    /**
     * Whether a proof of this time may have been dropped, as proofs were once kept for a shorter time than now. After the
     * clock was set back, proofs that are made from now on are not affected.
     */
    boolean mayHaveDropped(int made, int now) {
        dropped = Math.min(dropped, now - 1);
        return made <= dropped;
    }

    /** Adds an entry, or replaces an expired one; returns the number of places that were taken: one or none. */
    int put(long highBits, long lowBits, int made) {
        int place = placeOf(highBits, lowBits);
        boolean isNew = madeAt[place] == FREE;
        high[place] = highBits;
        low[place] = lowBits;
        madeAt[place] = made;
        used += isNew ? 1 : 0;
        return isNew ? 1 : 0;
    }

    boolean isCrowded() {
        return 4L * (used + 1) > 3L * madeAt.length;
    }

    /** Shrinks the table if it is too large, at most once a second; returns the number of entries that were dropped. */
    int tend(int cutoff) {
        if (tendedAt == cutoff) {
            return 0;
        }
        tendedAt = cutoff;
        return 2L * madeAt.length > 5L * Math.max(SMALLEST, live(cutoff)) ? clear(cutoff) : 0;
    }

    /** Drops expired entries, at most once a second, whether or not it is full; returns how many. */
    int clearOnce(int cutoff) {
        if (clearedAt == cutoff) {
            return 0;
        }
        clearedAt = cutoff;
        return used > live(cutoff) ? clear(cutoff) : 0;
    }

    /** Drops expired entries, and makes space for as many again as are left; returns how many were dropped. */
    int clear(int cutoff) {
        int before = used;
        move(cutoff, Math.max(SMALLEST, live(cutoff) * 2));
        return before - used;
    }

    private int live(int cutoff) {
        int live = 0;
        for (int made : madeAt) {
            live += made > cutoff ? 1 : 0;
        }
        return live;
    }

    private void move(int cutoff, int size) {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldMadeAt = madeAt;
        high = new long[size];
        low = new long[size];
        madeAt = new int[size];
        used = 0;
        for (int i = 0; i < oldMadeAt.length; i++) {
            if (oldMadeAt[i] > cutoff) {
                put(oldHigh[i], oldLow[i], oldMadeAt[i]);
            } else {
                dropped = Math.max(dropped, oldMadeAt[i]);
            }
        }
    }

    /** The size of its arrays, in bytes, as the platform allocates them: headers of 16 bytes, rounded up to 8. */
    long bytes() {
        return 3 * 24L + 20L * madeAt.length;
    }
}
