package io.tokenguard.internal.request;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** Normalizes paths, so that equivalent ones are equal (RFC 3986 §6.2.2). */
final class PathForm {
    private static final String UNRESERVED = "-._~";
    private static final String RESERVED = "!$&'()*+,;=:@/";

    private PathForm() {}

    /**
     * Normalizes a path.
     *
     * @param path empty, or begins with a slash; escaped
     * @return empty if it contains characters that no path may have (RFC 3986 §3.3)
     */
    static Optional<String> normalise(String path) {
        StringBuilder plain = new StringBuilder(path.length());
        int at = 0;
        while (at < path.length()) {
            char c = path.charAt(at);
            if (c == '%' && isEscape(path, at)) {
                plain.append(shortest(path.substring(at, at + 3)));
                at += 3;
            } else if (isUnreserved(c) || RESERVED.indexOf(c) >= 0) {
                plain.append(c);
                at++;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(withoutDotSegments(plain.toString()));
    }

    private static boolean isEscape(String path, int at) {
        return at + 2 < path.length() && isHex(path.charAt(at + 1)) && isHex(path.charAt(at + 2));
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    /** §6.2.2.2: unescapes what need not be escaped. §6.2.2.1: other escapes have capital digits. */
    private static String shortest(String escape) {
        char escaped = (char) Integer.parseInt(escape, 1, 3, 16);
        return isUnreserved(escaped) ? String.valueOf(escaped) : escape.toUpperCase(Locale.ROOT);
    }

    private static boolean isUnreserved(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
    }

    /** §6.2.2.3, by §5.2.4. */
    private static String withoutDotSegments(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean isLast = i == segments.length - 1;
            boolean isDots = segments[i].equals(".") || segments[i].equals("..");
            if (segments[i].equals("..")) {
                kept.pollLast();
            }
            if (!isDots) {
                kept.addLast(segments[i]);
            } else if (isLast) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }
}
