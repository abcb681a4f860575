package io.tokenguard.internal.jose;

import java.util.Arrays;

/**
 * Collects where the members of a JSON object are: their names, and the positions of their values. Each position is stored as
 * its distance from the one before, in groups of 7 bits, the low group first. Not thread-safe.
 */
final class MemberStarts {
    private static final int GROUP = 7;
    private static final int MORE = 0x80;
    private static final int LONGEST = 5;

    private String[] names = new String[16];
    private byte[] distances = new byte[24];
    private int size;
    private int length;
    private int last;

    int size() {
        return size;
    }

    /** Adds a member; its value begins behind that of the one before. */
    void add(String name, int start) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
        }
        names[size++] = name;
        if (length + LONGEST > distances.length) {
            distances = Arrays.copyOf(distances, distances.length * 2);
        }
        int rest = start - last;
        for (; rest >= MORE; rest >>>= GROUP) {
            distances[length++] = (byte) (rest | MORE);
        }
        distances[length++] = (byte) rest;
        last = start;
    }

    /**
     * The object with these members.
     *
     * @throws MalformedException if two have the same name
     */
    JsonObject object(byte[] json, NameLists known) throws MalformedException {
        return new JsonObject(known.of(names, size), Arrays.copyOf(distances, length), json);
    }

    /** The position of a member's value. */
    static int startOf(int member, byte[] distances) {
        int start = 0;
        int at = 0;
        for (int i = 0; i <= member; i++) {
            int shift = 0;
            while (distances[at] < 0) {
                start += (distances[at++] & (MORE - 1)) << shift;
                shift += GROUP;
            }
            start += distances[at++] << shift;
        }
        return start;
    }
}
