package io.tokenguard.internal.request;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads cookies from the lines of the field Cookie (RFC 6265 §4.2.1, RFC 9113 §8.2.3). A pair ends at a semicolon, wherever that is:
 * quotes, {@code $Version} and commas mean nothing, so that no value can hide a pair from this reader, or pretend to be one.
 */
final class CookiePairs {
    private CookiePairs() {}

    /**
     * The values of all cookies that have a name, as sent.
     *
     * @param lines the lines of the field
     * @param name the name; case-sensitive
     */
    static List<String> valuesOf(List<String> lines, String name) {
        List<String> values = new ArrayList<>(1);
        for (String line : lines) {
            int start = 0;
            while (start <= line.length()) {
                int semicolon = line.indexOf(';', start);
                int end = semicolon < 0 ? line.length() : semicolon;
                addValue(line, start, end, name, values);
                start = end + 1;
            }
        }
        return values;
    }

    private static void addValue(String line, int start, int end, String name, List<String> values) {
        int equals = line.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            return;
        }
        int from = afterSpaces(line, start, equals);
        int to = beforeSpaces(line, from, equals);
        if (to - from == name.length() && line.startsWith(name, from)) {
            int first = afterSpaces(line, equals + 1, end);
            values.add(line.substring(first, beforeSpaces(line, first, end)));
        }
    }

    /** Only what browsers remove from names too (RFC 6265 §5.2): other white space is part of another name. */
    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static int afterSpaces(String line, int start, int end) {
        int at = start;
        while (at < end && isSpace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int beforeSpaces(String line, int start, int end) {
        int at = end;
        while (at > start && isSpace(line.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}
