package io.tokenguard.internal.request;

/** Sets of ASCII characters, for grammars that are read one character at a time. */
final class AsciiTable {
    private static final int SIZE = 128;

    private AsciiTable() {}

    /** Letters, digits and some more. */
    static boolean[] alphanumericAnd(String more) {
        boolean[] table = new boolean[SIZE];
        for (char c = 0; c < SIZE; c++) {
            boolean isAlphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            table[c] = isAlphanumeric || more.indexOf(c) >= 0;
        }
        return table;
    }

    /** Whether a character is in a set; false for all beyond ASCII. */
    static boolean has(boolean[] table, char c) {
        return c < SIZE && table[c];
    }
}
