package io.tokenguard.internal.theft;

import io.tokenguard.access.IncomingRequest;

/**
 * What a path has in common with others of the same resource, where no route says it: the method and the first segments
 * without those that look like an identifier.
 */
final class PathShape {
    private static final int SEGMENTS = 4;
    private static final int LONGEST_WORD = 24;

    private PathShape() {}

    static String of(IncomingRequest request) {
        StringBuilder shape = new StringBuilder(request.method());
        String[] segments = request.path().split("/", SEGMENTS + 1);
        for (int i = 0; i < Math.min(SEGMENTS, segments.length); i++) {
            shape.append('/').append(isWord(segments[i]) ? segments[i] : "*");
        }
        return shape.toString();
    }

    private static boolean isWord(String segment) {
        return segment.length() <= LONGEST_WORD && segment.chars().noneMatch(c -> (c >= '0' && c <= '9') || c == '@');
    }
}
