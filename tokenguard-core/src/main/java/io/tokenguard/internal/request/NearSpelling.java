package io.tokenguard.internal.request;

/**
 * Finds segments that a framework may read as a name in a rule: names in another case (case-insensitive matching, file
 * systems), and, at the end of a path, names with suffixes ({@code /admin.json}, for content negotiation in Jersey, RESTEasy
 * and old versions of Spring) or with trailing dots or spaces (file systems of Windows).
 */
final class NearSpelling {
    private NearSpelling() {}

    /**
     * Whether a segment could be read as a name.
     *
     * @param name the name in a rule
     * @param path a path without a trailing slash
     * @param start the start of the segment
     * @param end the end of the segment, exclusive
     */
    static boolean of(String name, String path, int start, int end) {
        if (name.isEmpty() || !path.regionMatches(true, start, name, 0, 1)) {
            return false;
        }
        return end == path.length()
                ? isNameWithSuffixes(name, path, start, withoutSpaces(path, start, end))
                : isSame(name, 0, name.length(), path, start, end);
    }

    /** Frameworks remove any suffixes that they know: all parts of the name are then among those of the segment. */
    private static boolean isNameWithSuffixes(String name, String path, int start, int end) {
        int inName = 0;
        for (int at = start; at <= end; ) {
            int partEnd = dotOrEnd(path, at, end);
            int nameEnd = dotOrEnd(name, inName, name.length());
            if (isSame(name, inName, nameEnd, path, at, partEnd)) {
                inName = nameEnd + 1;
                if (inName > name.length()) {
                    return true;
                }
            } else if (at == start) {
                return false;
            }
            at = partEnd + 1;
        }
        return false;
    }

    private static boolean isSame(String name, int from, int to, String path, int start, int end) {
        return to - from == end - start && path.regionMatches(true, start, name, from, to - from);
    }

    private static int dotOrEnd(String text, int from, int end) {
        int dot = text.indexOf('.', from);
        return dot == -1 || dot > end ? end : dot;
    }

    private static int withoutSpaces(String path, int start, int end) {
        int last = end;
        while (last > start && path.charAt(last - 1) == ' ') {
            last--;
        }
        return last;
    }
}
