package io.tokenguard;

/**
 * How much of a long test is played: everything where the system property {@code test.thorough} is {@code true}, as in
 * {@code .ci/run}, and otherwise a part that is the same in each run.
 */
public final class Thoroughness {
    /** For tests that are only played as a whole. */
    static final String PROPERTY = "test.thorough";

    private static final boolean IS_FULL = Boolean.getBoolean(PROPERTY);
    private static final int SHARE = 5;

    private Thoroughness() {}

    static boolean isFull() {
        return IS_FULL;
    }

    /** How many rounds of random cases are played. */
    public static int rounds(int all) {
        return IS_FULL ? all : all / SHARE;
    }

    /** Whether the case with this index is played: every case, or only each nth, beginning with the first. */
    static boolean plays(int index, int nth) {
        return IS_FULL || index % nth == 0;
    }
}
