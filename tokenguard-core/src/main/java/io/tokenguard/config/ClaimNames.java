package io.tokenguard.config;

import io.tokenguard.internal.bounds.Bounds;
import java.util.Arrays;
import java.util.List;

/**
 * The claims with scopes or roles, and how names are read from them. Immutable: each method returns a new value.
 *
 * <p>A value is a list of texts or of objects with {@code value} or {@code name}, one text with separators, or an object whose
 * members are named so and are objects or {@code true}.
 *
 * @param paths claims, paths with dots, or JSON Pointers (RFC 6901), all of which are read; empty for those of the dialect
 * @param separator what separates names in one text. Default: a space; 1 to 8 characters
 * @param removedPrefix what is removed from names that begin with it; empty for nothing. The default
 * @param addedPrefix what is put before each name; empty for nothing. The default
 * @see io.tokenguard.TrustedIssuerBuilder#rolesClaim(ClaimNames)
 */
public record ClaimNames(List<String> paths, String separator, String removedPrefix, String addedPrefix) {
    private static final int LONGEST_SEPARATOR = 8;

    /** Copies the list. */
    public ClaimNames {
        paths = List.copyOf(paths);
    }

    /** The claims of the dialect, as they are. */
    public static ClaimNames ofDialect() {
        return new ClaimNames(List.of(), " ", "", "");
    }

    /** These claims. {@code *} stands for any member, whose name and a colon precede its roles; not for scopes. */
    public static ClaimNames in(String... paths) {
        return ofDialect().at(paths);
    }

    /** The same in other claims. */
    public ClaimNames at(String... others) {
        return new ClaimNames(Arrays.asList(others), separator, removedPrefix, addedPrefix);
    }

    /**
     * Names that are separated by something else than a space.
     *
     * @throws io.tokenguard.access.ConfigurationException if it is empty or longer than 8 characters
     */
    public ClaimNames separatedBy(String text) {
        int unused = Bounds.between("the length of a separator", text.length(), 1, LONGEST_SEPARATOR);
        return new ClaimNames(paths, text, removedPrefix, addedPrefix);
    }

    /** Removes a prefix. A name without it is then the same as one with it. */
    public ClaimNames withoutPrefix(String prefix) {
        return new ClaimNames(paths, separator, prefix, addedPrefix);
    }

    /** Adds a prefix, after another one was removed. */
    public ClaimNames withPrefix(String prefix) {
        return new ClaimNames(paths, separator, removedPrefix, prefix);
    }
}
