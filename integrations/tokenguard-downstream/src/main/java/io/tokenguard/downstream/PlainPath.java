package io.tokenguard.downstream;

import java.util.Locale;
import java.util.Set;

/** Tells paths that every server reads alike from those that lead elsewhere once they are decoded or normalized. */
final class PlainPath {
    /** A dot, a slash, a backslash, a semicolon, a percent sign, and NUL, encoded. */
    private static final Set<String> AMBIGUOUS = Set.of("%2e", "%2f", "%5c", "%3b", "%25", "%00");

    private PlainPath() {}

    static boolean is(String rawPath) {
        String[] segments = rawPath.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean isLast = i == segments.length - 1;
            if ((segments[i].isEmpty() && !isLast) || !isPlainSegment(segments[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainSegment(String segment) {
        if (segment.equals(".") || segment.equals("..") || segment.indexOf(';') >= 0 || segment.indexOf('\\') >= 0) {
            return false;
        }
        for (int at = segment.indexOf('%'); at >= 0; at = segment.indexOf('%', at + 1)) {
            if (at + 3 > segment.length()
                    || AMBIGUOUS.contains(segment.substring(at, at + 3).toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }
}
