package io.tokenguard.internal.possession;

/**
 * A part of the replay memory: an open hash table of 20 bytes a place, between two fifths and three quarters full. Live
 * entries are never dropped. Not thread-safe: whoever uses it holds its lock, for less than a microsecond mostly, and for
 * one walk over the table where it is looked after.
 */
final class ReplaySegment {
    private static final int SMALLEST = 64;
    private static final int FREE = 0;

    private long[] high = new long[SMALLEST];
    private long[] low = new long[SMALLEST];
    /** In the seconds of the memory; {@link #FREE} where nothing is. */
    private int[] forgetAt = new int[SMALLEST];

    private int used;
    private int tendedAt = FREE;
    private int clearedAt = FREE;

    /** Where an entry is, or the free place where it would be. */
    private int placeOf(long highBits, long lowBits) {
        int place = (int) (((lowBits >>> 32) * forgetAt.length) >>> 32);
        while (forgetAt[place] != FREE && (high[place] != highBits || low[place] != lowBits)) {
            place = place + 1 == forgetAt.length ? 0 : place + 1;
        }
        return place;
    }

    /** Whether an entry is there and its time is not over. */
    boolean holds(long highBits, long lowBits, int now) {
        return forgetAt[placeOf(highBits, lowBits)] > now;
    }

    /** Adds an entry, or lengthens one whose time is over; the number of places that were taken: one or none. */
    int put(long highBits, long lowBits, int until) {
        int place = placeOf(highBits, lowBits);
        boolean isNew = forgetAt[place] == FREE;
        high[place] = highBits;
        low[place] = lowBits;
        forgetAt[place] = until;
        used += isNew ? 1 : 0;
        return isNew ? 1 : 0;
    }

    boolean isCrowded() {
        return 4L * (used + 1) > 3L * forgetAt.length;
    }

    /** Gives back places that nobody needs any more, at most once in a second; the number of entries that went. */
    int tend(int now) {
        if (tendedAt == now) {
            return 0;
        }
        tendedAt = now;
        return 2L * forgetAt.length > 5L * Math.max(SMALLEST, live(now)) ? clear(now) : 0;
    }

    /** Drops all that is over, at most once in a second, whether or not there is room; the number of entries that went. */
    int clearOnce(int now) {
        if (clearedAt == now) {
            return 0;
        }
        clearedAt = now;
        return used > live(now) ? clear(now) : 0;
    }

    /** Drops what is over, and makes room for as many again as are left; the number of entries that went. */
    int clear(int now) {
        int before = used;
        move(now, Math.max(SMALLEST, live(now) * 2));
        return before - used;
    }

    private int live(int now) {
        int live = 0;
        for (int until : forgetAt) {
            live += until > now ? 1 : 0;
        }
        return live;
    }

    private void move(int now, int size) {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldForgetAt = forgetAt;
        high = new long[size];
        low = new long[size];
        forgetAt = new int[size];
        used = 0;
        for (int i = 0; i < oldForgetAt.length; i++) {
            if (oldForgetAt[i] > now) {
                put(oldHigh[i], oldLow[i], oldForgetAt[i]);
            }
        }
    }

    /** The bytes of its arrays, by what the platform allots: headers of 16 bytes, rounded up to 8. */
    long bytes() {
        return 3 * 24L + 20L * forgetAt.length;
    }
}
