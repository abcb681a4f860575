package io.tokenguard.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits lists into names and writes names. A name in double quotes may contain spaces and commas; in quotes, a backslash
 * precedes a quote or another backslash.
 */
final class RuleWords {
    private static final String REMEDY =
            "write a name with spaces or commas in double quotes, such as role \"Order Admin\"; in"
                    + " quotes, put a backslash before a quote or a backslash";

    /** The beginning of a variable of the path. */
    static final String VARIABLE = "path:";

    /** The words that join others. */
    static final Set<String> JOINING = Set.of("or", "and", "not", "report-only");

    /** The words between a claim and its values. */
    private static final Set<String> RELATIONS = Set.of("in", "=", "contains");

    /** Characters of other notations at the beginning or the end of values. */
    private static final String BRACKETING = "()[]{}'\"!;=<>&|";

    private RuleWords() {}

    /**
     * The names of a list, separated by commas, without their quotes.
     *
     * @throws ConfigurationException if a quote is not closed or is inside a name
     */
    static String[] names(String list) {
        return parts(list).stream().map(RuleWords::unquote).toArray(String[]::new);
    }

    /** The parts of a list, separated by commas, still in their quotes. Quotes begin a part. */
    static List<String> parts(String list) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < list.length(); at++) {
            if (list.charAt(at) == '"' && at == start) {
                at = closing(list, at);
            } else if (list.charAt(at) == ',') {
                parts.add(list.substring(start, at));
                start = at + 1;
            }
        }
        parts.add(list.substring(start));
        return parts;
    }

    /** The name as it is written in a rule: in quotes unless its letters are plain and it is no word of the grammar. */
    static String quoted(String name) {
        boolean isPlain = !name.isEmpty()
                && name.chars().allMatch(c -> c > ' ' && c != 0x7F && "\"\\,()=<".indexOf(c) < 0)
                && !JOINING.contains(name)
                && !name.startsWith("@")
                && !name.startsWith(VARIABLE);
        return isPlain ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The text as it is written as a value of a condition. */
    static String quotedValue(String text) {
        String quoted = quoted(text);
        return quoted.equals(text) && isDoubtful(text) ? '"' + text + '"' : quoted;
    }

    /**
     * Whether an unquoted value of a condition looks like notation that the grammar does not have, such as {@code (a,b)} or
     * {@code in a}. It would be compared as a text, and its negation would hold for almost every token.
     */
    static boolean isDoubtful(String value) {
        return !value.isEmpty()
                && (BRACKETING.indexOf(value.charAt(0)) >= 0
                        || BRACKETING.indexOf(value.charAt(value.length() - 1)) >= 0
                        || JOINING.contains(value)
                        || RELATIONS.contains(value));
    }

    /** Whether a text can name a list or a variable of the path. */
    static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '-'
                                || c == '_');
    }

    /** Where the quote that opens at a position closes. */
    static int closing(String text, int opening) {
        for (int at = opening + 1; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == '"') {
                return at;
            }
        }
        throw ConfigurationException.of("route", text, "a quote is not closed; " + REMEDY);
    }

    static String unquote(String name) {
        if (!name.startsWith("\"")) {
            return name;
        }
        int end = closing(name, 0);
        String inner = name.substring(1, end);
        if (end != name.length() - 1) {
            throw ConfigurationException.of("route", name, "text follows a closing quote; " + REMEDY);
        }
        return unescape(inner);
    }

    private static String unescape(String inner) {
        StringBuilder plain = new StringBuilder(inner.length());
        for (int at = 0; at < inner.length(); at++) {
            char c = inner.charAt(at);
            if (c == '\\') {
                at++;
                if (inner.charAt(at) != '"' && inner.charAt(at) != '\\') {
                    throw ConfigurationException.of("route", inner, REMEDY);
                }
            }
            plain.append(inner.charAt(at));
        }
        return plain.toString();
    }
}
