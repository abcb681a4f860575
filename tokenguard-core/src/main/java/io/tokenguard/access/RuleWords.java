package io.tokenguard.access;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Splits rules into words and lists into names. A name in double quotes may contain spaces and commas; in quotes, a backslash
 * precedes a quote or another backslash.
 */
final class RuleWords {
    private static final String REMEDY =
            "write a name with spaces or commas in double quotes, such as role \"Order Admin\"; in"
                    + " quotes, put a backslash before a quote or a backslash";

    private RuleWords() {}

    /** The words of a rule, separated by white space, still in their quotes. */
    static List<String> split(String rule) {
        List<String> words = cut(rule, c -> c == ' ' || (c >= '\t' && c <= '\r'));
        words.removeIf(String::isEmpty);
        return words;
    }

    /**
     * The names of a list, separated by commas, without their quotes.
     *
     * @throws ConfigurationException if a quote is not closed or is inside a name
     */
    static String[] names(String list) {
        return cut(list, c -> c == ',').stream().map(RuleWords::unquote).toArray(String[]::new);
    }

    /** Splits a text at separators outside quotes. Quotes begin a part, or follow a comma. */
    private static List<String> cut(String text, IntPredicate isSeparator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            boolean opens = text.charAt(at) == '"' && (at == start || text.charAt(at - 1) == ',');
            if (opens) {
                at = closing(text, at);
            } else if (isSeparator.test(text.charAt(at))) {
                parts.add(text.substring(start, at));
                start = at + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static int closing(String text, int opening) {
        for (int at = opening + 1; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == '"') {
                return at;
            }
        }
        throw ConfigurationException.of("route", text, "a quote is not closed; " + REMEDY);
    }

    private static String unquote(String name) {
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
