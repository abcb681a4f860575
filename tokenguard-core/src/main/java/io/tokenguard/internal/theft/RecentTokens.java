package io.tokenguard.internal.theft;

/**
 * The last two tokens of a subject, each with the program and the network that used it first, by hash: a range of an array, 8
 * bytes a token. The caller guards the array.
 *
 * @param from the first place; the other one follows
 */
record RecentTokens(int from) {
    private static final int SHORT = 0xffff;

    /** Whether another program used the token first. */
    boolean hasOtherAgent(long[] places, Observation use) {
        int place = find(places, use);
        return place >= 0 && (places[place] >>> 16 & SHORT) != (use.agent() & SHORT);
    }

    /** Whether the token was used from another network first. */
    boolean hasOtherNetwork(long[] places, Observation use) {
        int place = find(places, use);
        return place >= 0 && (places[place] & SHORT) != (use.network() & SHORT);
    }

    void learn(long[] places, Observation use) {
        if (find(places, use) < 0) {
            places[from + 1] = places[from];
            places[from] = (long) use.token() << 32 | (long) (use.agent() & SHORT) << 16 | (use.network() & SHORT);
        }
    }

    private int find(long[] places, Observation use) {
        for (int i = from; i <= from + 1; i++) {
            if ((int) (places[i] >>> 32) == use.token()) {
                return i;
            }
        }
        return -1;
    }
}
