package io.tokenguard.internal.theft;

/**
 * One request of a subject.
 *
 * @param network the hash of the client's network; 0 if it is unknown
 * @param agent the hash of the kind of client program
 * @param route the hash of the route
 * @param token the hash of the token
 * @param second the time, in seconds since 1970
 */
record Observation(int network, int agent, int route, int token, long second) {
    private static final int DAY = 86_400;
    private static final int HOUR = 3_600;
    private static final int WINDOW = 600;
    private static final int HOURS = 24;
    private static final int FIRST_WEEKEND_DAY = 5;
    private static final int WEEK = 7;

    int day() {
        return (int) (second / DAY);
    }

    int window() {
        return (int) (second / WINDOW);
    }

    int hour() {
        return (int) (second / HOUR % HOURS);
    }

    /** 1970 began on a Thursday. */
    boolean isOnWeekend() {
        return (day() + 3) % WEEK >= FIRST_WEEKEND_DAY;
    }
}
