package io.tokenguard.internal.theft;

/**
 * How many requests a subject makes in ten minutes: now, and usually in the busiest ten minutes of a day. A day changes the
 * usual by a fifth, and counts for at most four times the usual. The caller guards it.
 */
final class UsualRate {
    private static final float LEARNED = 0.2f;
    private static final float MOST_TIMES = 4;
    private static final float LEAST = 10;
    private static final int MINUTE = 60;

    private float usual;
    private int peak;
    private int window;
    private int count;
    private int minute;
    private int taken;

    /** This request and those before it in its ten minutes, as a multiple of the usual. */
    double ratio(Observation use) {
        int now = use.window() == window ? count + 1 : 1;
        return now / Math.max(LEAST, Math.max(usual, usual == 0 ? peak : 0));
    }

    /** A request was granted. */
    void add(Observation use, boolean isClean) {
        count = use.window() == window ? count + 1 : 1;
        window = use.window();
        if (isClean) {
            peak = Math.max(peak, count);
        }
    }

    /** A day has ended. */
    void endDay() {
        usual = usual == 0 ? peak : usual + LEARNED * (Math.min(peak, MOST_TIMES * Math.max(LEAST, usual)) - usual);
        peak = 0;
    }

    boolean takePlace(Observation use, int most) {
        int now = (int) (use.second() / MINUTE);
        if (now != minute) {
            minute = now;
            taken = 0;
        }
        taken++;
        return taken <= most;
    }
}
