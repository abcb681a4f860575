package io.tokenguard.internal.revocation;

/** Cycles through some numbers, each at most once a second. Not thread-safe. */
final class Turns {
    static final int NOBODY = -1;

    private final int count;
    private int turn;
    private int taken;
    private long second = Long.MIN_VALUE;

    Turns(int count) {
        this.count = count;
    }

    /** The next number; {@link #NOBODY} if all have had their turn in this second. */
    int next(long now) {
        if (second != now) {
            second = now;
            taken = 0;
        }
        if (taken == count) {
            return NOBODY;
        }
        taken++;
        turn = (turn + 1) % count;
        return turn;
    }
}
