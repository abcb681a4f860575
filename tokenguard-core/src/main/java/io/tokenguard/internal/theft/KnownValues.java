package io.tokenguard.internal.theft;

/**
 * The networks, programs or routes that one subject used, by hash: a range of an array, 8 bytes a value. A value gains credit
 * at most once a day, so that no number of requests makes it known at once: {@value #CLEAN} on a day without suspicion,
 * {@value #SUSPICIOUS} otherwise. The caller guards the array.
 *
 * @param from the first place
 * @param size how many places
 */
record KnownValues(int from, int size) {
    /** With this credit, a value is known. */
    static final int KNOWN = 8;

    static final int CLEAN = 4;
    static final int SUSPICIOUS = 1;

    private static final int STALE_DAYS = 45;
    private static final int SETTLED_DAYS = 14;
    private static final int BYTE = 0xff;
    private static final int DAYS = 0xffff;

    /** The credit that a value gained before today; 0 if it was never seen, or not for {@value #STALE_DAYS} days. */
    int credit(long[] places, int hash, int day) {
        int place = find(places, hash);
        return place < 0 ? 0 : before(places[place], day);
    }

    /** A value is used. A known one that is used stays known. */
    void learn(long[] places, int hash, int day, boolean isClean) {
        int place = find(places, hash);
        int wanted = isClean ? CLEAN : SUSPICIOUS;
        if (place < 0) {
            int free = placeFor(places, day, wanted);
            if (free >= 0) {
                places[free] = cell(hash, day, wanted, wanted);
            }
            return;
        }
        if ((day & DAYS) < day(places[place])) {
            return; // the clock went back
        }
        int before = before(places[place], day);
        int allowed = day(places[place]) == (day & DAYS) ? Math.min(gain(places[place]), wanted) : wanted;
        int gain = Math.min(allowed, KNOWN - before);
        places[place] = cell(hash, day, before + gain, gain);
    }

    /** A value is known from now on. */
    void trust(long[] places, int hash, int day) {
        int place = find(places, hash);
        int free = place < 0 ? placeFor(places, day, KNOWN) : place;
        if (free >= 0) {
            places[free] = cell(hash, day, KNOWN, 0);
        }
    }

    private int find(long[] places, int hash) {
        for (int i = from; i < from + size; i++) {
            if ((int) (places[i] >>> 32) == hash) {
                return i;
            }
        }
        return -1;
    }

    /** An empty place, or that of a value with less credit than the new one gains, or of a known one that is not used now. */
    private int placeFor(long[] places, int day, int gain) {
        int best = -1;
        int least = Integer.MAX_VALUE;
        for (int i = from; i < from + size; i++) {
            int worth = places[i] == 0 ? -1 : worth(places[i], day, gain);
            if (worth < least) {
                least = worth;
                best = i;
            }
        }
        return best;
    }

    /** The greatest number if it may not be replaced. */
    private static int worth(long cell, int day, int gain) {
        int credit = age(cell, day) > STALE_DAYS ? 0 : credit(cell);
        boolean isReplaceable = credit < KNOWN ? credit <= gain : age(cell, day) > SETTLED_DAYS && gain > SUSPICIOUS;
        return isReplaceable ? credit * DAYS - age(cell, day) : Integer.MAX_VALUE;
    }

    private static int before(long cell, int day) {
        int age = age(cell, day);
        return age > STALE_DAYS ? 0 : age == 0 ? credit(cell) - gain(cell) : credit(cell);
    }

    /** Zero if the clock went back. */
    private static int age(long cell, int day) {
        return Math.max(0, (day & DAYS) - day(cell));
    }

    private static long cell(int hash, int day, int credit, int gain) {
        return (long) hash << 32 | (long) (day & DAYS) << 16 | (long) credit << 8 | gain;
    }

    private static int day(long cell) {
        return (int) (cell >>> 16) & DAYS;
    }

    private static int credit(long cell) {
        return (int) (cell >>> 8) & BYTE;
    }

    private static int gain(long cell) {
        return (int) cell & BYTE;
    }
}
