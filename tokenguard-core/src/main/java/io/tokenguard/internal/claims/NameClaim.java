package io.tokenguard.internal.claims;

import io.tokenguard.internal.claimpath.ClaimPath;
import java.util.List;

/**
 * Where scopes or roles are, and how they are written.
 *
 * @param paths paths to them, all of which are read; empty if they are not read
 * @param isStated whether the configuration names the paths
 * @param form how names are written
 */
public record NameClaim(List<ClaimPath> paths, boolean isStated, Form form) {
    /**
     * How names are written.
     *
     * @param separator what separates names in one text
     * @param removedPrefix what is removed from names that begin with it
     * @param addedPrefix what is put before each name
     */
    public record Form(String separator, String removedPrefix, String addedPrefix) {
        static final Form USUAL = new Form(" ", "", "");

        /** Whether names may contain spaces. */
        boolean allowsSpaces() {
            return !separator.equals(" ");
        }

        String nameOf(String written) {
            return addedPrefix
                    + (written.startsWith(removedPrefix) ? written.substring(removedPrefix.length()) : written);
        }
    }

    /** Copies the list. */
    public NameClaim {
        paths = List.copyOf(paths);
    }

    /** Names in some claims, as the dialect has them. */
    public static NameClaim in(List<String> paths) {
        return in(paths, false, Form.USUAL);
    }

    /** Names in some claims. */
    public static NameClaim in(List<String> paths, boolean isStated, Form form) {
        return new NameClaim(paths.stream().map(ClaimPath::of).toList(), isStated, form);
    }

    @Override
    public String toString() {
        return paths.toString();
    }
}
