package io.tokenguard.redis;

/** The IDs of stream entries: milliseconds of the server's clock, and a counter. */
final class EntryId {
    /** Before every entry. */
    static final String FIRST = "0-0";

    private EntryId() {}

    /** Whether an entry precedes another one. False if an ID is malformed. */
    static boolean isBefore(String id, String other) {
        try {
            int order = Long.compareUnsigned(part(id, true), part(other, true));
            return order < 0 || (order == 0 && Long.compareUnsigned(part(id, false), part(other, false)) < 0);
        } catch (NumberFormatException unreadable) {
            return false;
        }
    }

    /** When the server created the ID, by its clock. */
    static long millis(String id) {
        return part(id, true);
    }

    private static long part(String id, boolean isFirst) {
        int dash = id.indexOf('-');
        if (dash < 0) {
            throw new NumberFormatException();
        }
        return Long.parseUnsignedLong(isFirst ? id.substring(0, dash) : id.substring(dash + 1));
    }
}
