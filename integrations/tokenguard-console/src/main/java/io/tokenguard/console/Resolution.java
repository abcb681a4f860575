package io.tokenguard.console;

import java.util.Locale;

/** How finely, and for how long, counts are kept. */
enum Resolution {
    /** An hour. */
    SECONDS(1, 3_600, 3_600),
    /** A day, and the same day a week before. */
    MINUTES(60, 1_440, 8 * 1_440),
    /** A year, and a week before. */
    HOURS(3_600, 8_784, 8_784 + 168);

    private static final int WEEK_SECONDS = 7 * 24 * 3_600;

    private final int stepSeconds;
    private final int shown;
    private final int kept;

    Resolution(int stepSeconds, int shown, int kept) {
        this.stepSeconds = stepSeconds;
        this.shown = shown;
        this.kept = kept;
    }

    int stepSeconds() {
        return stepSeconds;
    }

    /** How many slots are shown. */
    int shown() {
        return shown;
    }

    /** How many slots are kept. */
    int kept() {
        return kept;
    }

    /** How many slots a week has. */
    int week() {
        return WEEK_SECONDS / stepSeconds;
    }

    /** Whether the same time a week before is kept. */
    boolean keepsWeek() {
        return kept > week();
    }

    /** The slot of a time. */
    long slot(long epochSecond) {
        return Math.floorDiv(epochSecond, (long) stepSeconds);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
