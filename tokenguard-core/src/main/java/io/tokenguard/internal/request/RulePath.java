package io.tokenguard.internal.request;

import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Route;

/**
 * The path of a request as rules are compared with it: without trailing slashes and path parameters, which some frameworks
 * ignore when they select a resource.
 *
 * @param normal the path
 * @param unjoined the path without the joiners that a reader may drop; the same text if there are none
 */
record RulePath(String normal, String unjoined) {
    private static final char FIRST_BEYOND_ASCII = 0x80;

    static RulePath of(IncomingRequest request) {
        String normal = Route.normalPath(withoutParameters(request.path()));
        return new RulePath(normal, isAscii(normal) ? normal : InvisibleCharacters.withoutJoiners(normal));
    }

    /** Whether it is a path of the pattern, or one that a framework could read as such. */
    @SuppressWarnings("ReferenceEquality")
    boolean matches(PathPattern pattern) {
        return pattern.match(normal) != PathMatch.NONE
                || (normal != unjoined && pattern.match(unjoined) != PathMatch.NONE);
    }

    private static boolean isAscii(String path) {
        int all = 0;
        for (int i = 0; i < path.length(); i++) {
            all |= path.charAt(i);
        }
        return all < FIRST_BEYOND_ASCII;
    }

    private static String withoutParameters(String path) {
        if (path.indexOf(';') < 0) {
            return path;
        }
        StringBuilder plain = new StringBuilder(path.length());
        boolean isParameter = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            isParameter = c == ';' || (isParameter && c != '/');
            if (!isParameter) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
