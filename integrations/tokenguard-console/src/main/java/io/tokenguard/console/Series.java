package io.tokenguard.console;

import java.util.Optional;

/**
 * The name of what is counted over time.
 *
 * @param group what it is of
 * @param name its name in the group
 */
record Series(Group group, String name) {
    /** How names of measured times end: of these the greatest value of a time slot counts, and not the sum. */
    private static final String MEASURE = "Micros";

    private static final int LONGEST_NAME = 96;

    /** Something that is counted. Names are cut to 96 characters. */
    static Series of(Group group, String name) {
        return new Series(group, name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME));
    }

    /** A percentile of the time of decisions. */
    static Series percentile(int percent) {
        return new Series(Group.TOTALS, "p" + percent + MEASURE);
    }

    boolean isGreatest() {
        return group == Group.TOTALS && name.endsWith(MEASURE);
    }

    /** Both values together. */
    int together(long one, long other) {
        long together = isGreatest() ? Math.max(one, other) : one + other;
        return (int) Math.min(Integer.MAX_VALUE, together);
    }

    /** A text that {@link #parse} reads. */
    String text() {
        return group.label() + ' ' + name;
    }

    /** Reads a text; empty if it is malformed, or of a group that this version does not have. */
    static Optional<Series> parse(String text) {
        for (Group group : Group.values()) {
            if (text.startsWith(group.label() + ' ')) {
                return Optional.of(of(group, text.substring(group.label().length() + 1)));
            }
        }
        return Optional.empty();
    }
}
