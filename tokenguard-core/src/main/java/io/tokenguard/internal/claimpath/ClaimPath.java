package io.tokenguard.internal.claimpath;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The path to a value in the claims. Immutable.
 *
 * @param steps names from the outside in; {@link #ANY} matches any member where several values are read
 */
public record ClaimPath(List<String> steps) {
    /** The step to every member of an object and every item of a list. */
    public static final String ANY = "*";

    /** What to write where {@link #isOfOneValue} is false. */
    public static final String REMEDY =
            "write the name of a claim, with dots or as a JSON Pointer if it is inside another"
                    + " one, at most 8 names deep";

    private static final int DEEPEST = 8;

    /** Copies the steps. */
    public ClaimPath {
        steps = List.copyOf(steps);
    }

    /**
     * Reads names separated by dots, a JSON Pointer (RFC 6901, for names that contain dots), or a single name that is a URL.
     */
    public static ClaimPath of(String text) {
        if (isPointer(text)) {
            return new ClaimPath(Arrays.stream(text.substring(1).split("/", -1))
                    .map(step -> step.replace("~1", "/").replace("~0", "~"))
                    .toList());
        }
        return new ClaimPath(text.contains("://") ? List.of(text) : List.of(text.split("\\.", -1)));
    }

    /** Whether a text is a JSON Pointer (RFC 6901) into a claim. */
    public static boolean isPointer(String text) {
        return text.startsWith("/");
    }

    /** Whether it leads to at most one value: at most eight names, none of them empty or {@link #ANY}. */
    public boolean isOfOneValue() {
        return steps.size() <= DEEPEST && !steps.contains("") && !steps.contains(ANY);
    }

    /** The value in some claims; null if a member on the way is missing or is no object. Every step is a name. */
    public @Nullable Object valueIn(Map<String, ? extends @Nullable Object> claims) {
        @Nullable Object value = claims;
        for (String step : steps) {
            value = value instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return value;
    }

    /** The steps with dots between them, as messages show them. */
    @Override
    public String toString() {
        return String.join(".", steps);
    }
}
