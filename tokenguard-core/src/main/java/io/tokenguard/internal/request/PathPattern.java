package io.tokenguard.internal.request;

import java.util.List;

/**
 * The paths of a rule.
 *
 * @param segments names, or {@code *} for any one name
 * @param isOpenEnded whether any number of further segments may follow
 */
record PathPattern(List<String> segments, boolean isOpenEnded) {
    private static final String ANY = "*";

    static PathPattern of(String pattern) {
        boolean isOpenEnded = pattern.endsWith("/**");
        String closed = isOpenEnded ? pattern.substring(0, pattern.length() - 3) : pattern;
        return new PathPattern(
                closed.isEmpty() ? List.of() : List.of(closed.substring(1).split("/", -1)), isOpenEnded);
    }

    boolean matches(String path) {
        int start = 1;
        for (String segment : segments) {
            int slash = path.indexOf('/', start);
            int end = slash == -1 ? path.length() : slash;
            boolean fits = segment.equals(ANY)
                    ? end > start
                    : path.regionMatches(start, segment, 0, segment.length()) && end - start == segment.length();
            if (!fits) {
                return false;
            }
            start = end + 1;
        }
        return isOpenEnded || start > path.length();
    }

    /** Negative where this pattern is the more specific one: a name before {@code *}, {@code *} before the open end. */
    int compareSpecificity(PathPattern other) {
        int common = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < common; i++) {
            boolean mine = segments.get(i).equals(ANY);
            boolean theirs = other.segments.get(i).equals(ANY);
            if (mine != theirs) {
                return mine ? 1 : -1;
            }
        }
        if (segments.size() != other.segments.size()) {
            return other.segments.size() - segments.size();
        }
        return Boolean.compare(isOpenEnded, other.isOpenEnded);
    }
}
