package io.tokenguard.internal.claims;

import io.tokenguard.access.RefusedException;
import java.util.Set;

/** The characters of scopes (RFC 6749 §3.3, also letters outside ASCII). */
final class ScopeGrammar {
    private ScopeGrammar() {}

    /** Requires each name to have the characters of the grammar, and spaces only if something else separates names. */
    static void require(Set<String> names, boolean allowsSpaces, String claim) throws RefusedException {
        for (String name : names) {
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                if (!isNameCharacter(c) && !(allowsSpaces && c == ' ')) {
                    throw ClaimReader.malformed(claim);
                }
            }
        }
    }

    /**
     * A TAB is no separator and no part of a name that a route can require, so a name with it grants nothing. Letters and
     * other visible characters outside ASCII are beyond the grammar, but in use.
     */
    private static boolean isNameCharacter(char c) {
        if (c > '~') {
            return !Character.isISOControl(c) && !Character.isSpaceChar(c) && Character.getType(c) != Character.FORMAT;
        }
        return c == '\t' || (c >= '!' && c != '"' && c != '\\');
    }
}
