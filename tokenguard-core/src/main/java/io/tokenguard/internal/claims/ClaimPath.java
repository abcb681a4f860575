package io.tokenguard.internal.claims;

import java.util.Arrays;
import java.util.List;

/**
 * The path to a value in the claims.
 *
 * @param steps names from the outside in; {@code *} matches any member
 */
record ClaimPath(List<String> steps) {
    /**
     * Reads names separated by dots, a JSON Pointer (RFC 6901, for names that contain dots), or a single name that is a URL.
     */
    static ClaimPath of(String text) {
        if (text.startsWith("/")) {
            return new ClaimPath(Arrays.stream(text.substring(1).split("/", -1))
                    .map(step -> step.replace("~1", "/").replace("~0", "~"))
                    .toList());
        }
        return new ClaimPath(text.contains("://") ? List.of(text) : List.of(text.split("\\.", -1)));
    }

    @Override
    public String toString() {
        return String.join(".", steps);
    }
}
