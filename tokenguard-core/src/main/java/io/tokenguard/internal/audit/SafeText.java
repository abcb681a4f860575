package io.tokenguard.internal.audit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside safe to log (CWE-117): cut, and everything escaped but printable ASCII, quotes and what log
 * frameworks expand.
 */
public final class SafeText {
    private static final int LONGEST_VALUE = 64;
    private static final int LONGEST_PATH = 256;

    private SafeText() {}

    /** A value out of a token, cut to 64 characters; empty for null. */
    public static String value(@Nullable String text) {
        return text == null ? "" : escape(text, LONGEST_VALUE);
    }

    /** A method or path of a request, cut to 256 characters. */
    public static String path(String text) {
        return escape(text, LONGEST_PATH);
    }

    private static String escape(String text, int longest) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (safe.length() >= longest) {
                return safe.append("...").toString();
            }
            char c = text.charAt(i);
            if (c > 0x20 && c < 0x7F && "\"\\${}".indexOf(c) < 0) {
                safe.append(c);
            } else {
                safe.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return safe.toString();
    }
}
