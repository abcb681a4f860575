package io.tokenguard.internal.authorization;

import io.tokenguard.access.ConfigurationException;

/** Reads a line of a named list. */
final class ListLine {
    private static final char QUOTE = '"';

    private ListLine() {}

    /**
     * The entry of a line; empty if it has none. An entry in double quotes is what is between them; a backslash precedes a quote
     * or a backslash there.
     *
     * @param key the setting, for messages
     * @param number the number of the line, for messages
     * @throws ConfigurationException if quotes are not closed, or followed by more than a comment
     */
    static String entry(String key, int number, String line) {
        String text = line.strip();
        return text.startsWith("\"") ? quoted(key, number, text) : withoutComment(text);
    }

    private static String quoted(String key, int number, String text) {
        StringBuilder entry = new StringBuilder();
        for (int at = 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == QUOTE) {
                requireNothingBehind(key, number, text.substring(at + 1));
                return filled(key, number, entry.toString());
            }
            boolean isEscape = c == '\\' && at + 1 < text.length();
            if (isEscape) {
                at++;
            }
            entry.append(text.charAt(at));
        }
        throw wrong(key, number, "has quotes in line " + number + " that are not closed");
    }

    private static String filled(String key, int number, String entry) {
        if (entry.isBlank()) {
            throw wrong(key, number, "has nothing between the quotes in line " + number);
        }
        return entry;
    }

    private static void requireNothingBehind(String key, int number, String rest) {
        boolean isComment = Character.isWhitespace(rest.isEmpty() ? 'x' : rest.charAt(0))
                && rest.strip().startsWith("#");
        if (!rest.isBlank() && !isComment) {
            throw wrong(key, number, "has text behind the quotes in line " + number);
        }
    }

    private static ConfigurationException wrong(String key, int number, String problem) {
        return ConfigurationException.because(
                key, problem, "write one entry in line " + number + ", without quotes or all of it in double quotes");
    }

    private static String withoutComment(String text) {
        for (int at = 0; at < text.length(); at++) {
            boolean begins = at == 0 || text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t';
            if (text.charAt(at) == '#' && begins) {
                return text.substring(0, at).strip();
            }
        }
        return text;
    }
}
