package io.tokenguard.console;

import java.util.Locale;

/** How finely, and for how long, counts are kept. */
enum Resolution {
    /** An hour. */
    SECONDS(1, 3_600),
    /** A day. */
    MINUTES(60, 1_440),
    /** A year. */
    HOURS(3_600, 8_784);

    private final int stepSeconds;
    private final int slots;

    Resolution(int stepSeconds, int slots) {
        this.stepSeconds = stepSeconds;
        this.slots = slots;
    }

    int stepSeconds() {
        return stepSeconds;
    }

    int slots() {
        return slots;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
