package io.tokenguard.internal.theft;

import java.util.Arrays;

/**
 * The different networks or client programs that one token was used with, by hash: as many as are allowed, and one more.
 * Thread-safe; a known one is found without a lock.
 */
final class Sighting {
    private final int most;
    private volatile int[] seen = new int[0];

    Sighting(int most) {
        this.most = most;
    }

    /** Adds one. True for the first one that is too many. */
    boolean isTooMuch(int look) {
        int[] known = seen;
        return known.length <= most && !contains(known, look) && add(look);
    }

    private synchronized boolean add(int look) {
        int[] known = seen;
        if (known.length > most || contains(known, look)) {
            return false;
        }
        int[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = look;
        seen = more;
        return more.length > most;
    }

    private static boolean contains(int[] known, int look) {
        for (int each : known) {
            if (each == look) {
                return true;
            }
        }
        return false;
    }
}
