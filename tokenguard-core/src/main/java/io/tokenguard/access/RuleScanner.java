package io.tokenguard.access;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a rule word by word. Parentheses group words; outside of them, they are characters of names. Positions
 * count the characters of the text from 1. Not thread-safe.
 */
final class RuleScanner {
    private static final int LONGEST = 16_384;
    private static final int DEEPEST = 16;

    private final String text;
    private final @Nullable List<String> variables;
    private int at;
    private int depth;
    private int start;

    /**
     * A scanner.
     *
     * @param text the text
     * @param from where it begins to read
     * @param variables the variables of the rule's path; null if the requirement belongs to no path
     */
    RuleScanner(String text, int from, @Nullable List<String> variables) {
        this.text = text;
        this.variables = variables;
        this.at = from;
        if (text.length() > LONGEST) {
            throw ConfigurationException.of("route", text.substring(0, 64), "a rule has at most 16384 characters");
        }
    }

    /** The index of the last word. */
    int start() {
        return start;
    }

    /** The last word. */
    String last() {
        return text.substring(start, at);
    }

    /** Whether the rule's path has a variable of this name, or is not known. */
    boolean hasVariable(String name) {
        return variables == null || variables.contains(name);
    }

    /** Whether another word follows in this group. */
    boolean hasMore() {
        skipSpace();
        return at < text.length() && !(depth > 0 && text.charAt(at) == ')');
    }

    /** Opens a group if one begins here. */
    Optional<Integer> open() {
        skipSpace();
        if (at == text.length() || text.charAt(at) != '(') {
            return Optional.empty();
        }
        start = at;
        if (++depth > DEEPEST) {
            throw wrong("at most " + DEEPEST + " parentheses can be open");
        }
        at++;
        return Optional.of(start);
    }

    /** Closes a group. */
    void close(int opening) {
        skipSpace();
        if (at == text.length()) {
            throw wrong(opening, "the parenthesis is not closed; write ')' at the end of the group");
        }
        if (text.charAt(at) != ')') {
            throw wrong(at, RequirementParser.REPORT_ONLY_ONCE);
        }
        at++;
        depth--;
    }

    /** Whether this word of the grammar comes next. */
    boolean isAt(String word) {
        skipSpace();
        int end = at + word.length();
        return text.startsWith(word, at) && (end == text.length() || endsWord(text.charAt(end)));
    }

    /** Reads this word of the grammar if it comes next. */
    boolean takes(String word) {
        if (!isAt(word)) {
            return false;
        }
        start = at;
        at += word.length();
        return true;
    }

    /** Reads a word of the grammar. */
    String keyword() {
        skipSpace();
        start = at;
        while (at < text.length() && !endsWord(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean endsWord(char c) {
        return isSpace(c) || c == '(' || c == ')';
    }

    /** Reads to the next white space; empty at the end. */
    String next() {
        skipSpace();
        start = at;
        while (at < text.length() && !isSpace(text.charAt(at))) {
            at++;
        }
        return last();
    }

    /** The index behind the last word. */
    int end() {
        return at;
    }

    /** Reads a name or a list of names, still in their quotes. In a group, the first parenthesis too many ends it. */
    String value() {
        skipSpace();
        start = at;
        int nested = 0;
        while (at < text.length() && !isSpace(text.charAt(at))) {
            char c = text.charAt(at);
            boolean opensQuote = c == '"' && (at == start || text.charAt(at - 1) == ',');
            if (opensQuote) {
                at = closing(at);
            } else if (c == '(') {
                nested++;
            } else if (c == ')' && --nested < 0 && depth > 0) {
                break;
            }
            at++;
        }
        return text.substring(start, at);
    }

    private int closing(int opening) {
        try {
            return RuleWords.closing(text, opening);
        } catch (ConfigurationException open) {
            throw wrong(opening, open.remedy());
        }
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Makes something of the last word; an error names its position. */
    <T> T checked(Supplier<T> part) {
        try {
            return part.get();
        } catch (ConfigurationException refusal) {
            throw wrong(refusal.remedy());
        }
    }

    /** What comes next is wrong. */
    ConfigurationException wrongNext(String problem) {
        skipSpace();
        return wrong(at, problem);
    }

    /** The last word is wrong. */
    ConfigurationException wrong(String problem) {
        return wrong(start, problem);
    }

    /** What begins at an index is wrong. */
    ConfigurationException wrong(int index, String problem) {
        return ConfigurationException.of("route", text, "at character " + (index + 1) + ", " + problem);
    }
}
