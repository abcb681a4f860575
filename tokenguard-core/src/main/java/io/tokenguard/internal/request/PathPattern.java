package io.tokenguard.internal.request;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * The paths of a rule.
 *
 * @param segments names, or {@code *} for any one name
 * @param isOpenEnded whether any number of further segments may follow
 */
record PathPattern(List<String> segments, boolean isOpenEnded) {
    /** A name that occurs in no rule: braces in patterns stand around variables. */
    static final String UNNAMED = "{any}";

    private static final String ANY = "*";

    static PathPattern of(String pattern) {
        boolean isOpenEnded = pattern.endsWith("/**");
        String closed = isOpenEnded ? pattern.substring(0, pattern.length() - 3) : pattern;
        List<String> segments =
                closed.isEmpty() ? List.of() : List.of(closed.substring(1).split("/", -1));
        return new PathPattern(
                segments.stream()
                        .map(segment -> segment.startsWith("{") ? ANY : segment)
                        .toList(),
                isOpenEnded);
    }

    /**
     * Matches a path with this pattern.
     *
     * @param path in the form of {@link io.tokenguard.access.Route#normalPath}
     */
    PathMatch match(String path) {
        PathMatch worst = PathMatch.EXACT;
        int start = 1;
        for (String segment : segments) {
            int slash = path.indexOf('/', start);
            int end = slash == -1 ? path.length() : slash;
            PathMatch match = matchSegment(segment, path, start, end);
            if (match == PathMatch.NONE) {
                return PathMatch.NONE;
            }
            worst = match == PathMatch.NEAR ? match : worst;
            start = end + 1;
        }
        return isOpenEnded || start > path.length() ? worst : PathMatch.NONE;
    }

    private static PathMatch matchSegment(String segment, String path, int start, int end) {
        if (segment.equals(ANY)) {
            return end > start ? PathMatch.EXACT : PathMatch.NONE;
        }
        if (end - start == segment.length() && path.regionMatches(start, segment, 0, segment.length())) {
            return PathMatch.EXACT;
        }
        return NearSpelling.of(segment, path, start, end) ? PathMatch.NEAR : PathMatch.NONE;
    }

    /** A path that this pattern matches, with names for {@code *} that are in no pattern. */
    String example() {
        return segments.stream()
                .map(segment -> segment.equals(ANY) ? UNNAMED : segment)
                .collect(joining("/", "/", ""));
    }

    boolean hasWildcard() {
        return isOpenEnded || segments.contains(ANY);
    }

    boolean endsWithAny() {
        return !isOpenEnded && segments.get(segments.size() - 1).equals(ANY);
    }

    boolean isRoot() {
        return !isOpenEnded && segments.equals(List.of(""));
    }

    /** Negative if this pattern is more specific: a name before {@code *}, {@code *} before the open end. */
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
