package io.tokenguard.console;

/**
 * The name of what is counted over time.
 *
 * @param group what it is of
 * @param name its name in the group
 * @param isGreatest whether the greatest value of a time span counts, and not the sum
 */
record Series(Group group, String name, boolean isGreatest) {
    /** Something that is counted. */
    static Series sum(Group group, String name) {
        return new Series(group, name, false);
    }

    /** A measure of the whole guard. */
    static Series greatest(String name) {
        return new Series(Group.TOTALS, name, true);
    }
}
