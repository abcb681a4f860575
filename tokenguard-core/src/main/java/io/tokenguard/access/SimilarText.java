package io.tokenguard.access;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Set;

/**
 * Compares a text with a segment of a path that a framework may read otherwise: without its suffix ({@code .json}), without spaces
 * and dots at its ends or characters that nobody sees, in another case, or in another Unicode form.
 */
final class SimilarText {
    /** The suffixes by which frameworks choose the media type of a response, and then remove. */
    private static final Set<String> SUFFIXES = Set.of(
            "json", "jsonld", "xml", "html", "htm", "xhtml", "txt", "text", "csv", "tsv", "pdf", "yaml", "yml", "rss",
            "atom", "js", "css", "rtf", "xls", "xlsx", "action", "jsp", "jsf", "php", "gz");

    private SimilarText() {}

    /** Whether frameworks read a segment as it is: then a text equals what the application gets. */
    static boolean isCertain(String segment) {
        return segment.equals(trimmed(segment)) && Normalizer.isNormalized(segment, Form.NFC) && !hasSuffix(segment);
    }

    private static boolean hasSuffix(String segment) {
        int dot = segment.lastIndexOf('.');
        return dot > 0 && SUFFIXES.contains(segment.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether a framework could read a segment as a text that differs from it. */
    static boolean isPossible(String text, String segment) {
        String plain = reduced(text);
        String read = reduced(segment);
        return read.startsWith(plain) && (read.length() == plain.length() || read.charAt(plain.length()) == '.');
    }

    /** Folded twice: some letters have several in lower case. */
    private static String reduced(String text) {
        String normal = Normalizer.normalize(text, Form.NFKC);
        return trimmed(normal).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Without invisible characters, and without spaces and dots at its ends. */
    private static String trimmed(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isInvisible(c)).forEach(visible::appendCodePoint);
        int start = 0;
        int end = visible.length();
        while (end > start && isStripped(visible.charAt(end - 1))) {
            end--;
        }
        while (start < end && isStripped(visible.charAt(start))) {
            start++;
        }
        return visible.substring(start, end);
    }

    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.CONTROL
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xE0100 && c <= 0xE01EF)
                || c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0;
    }

    private static boolean isStripped(char c) {
        return c == '.' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
