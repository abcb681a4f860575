package io.tokenguard.internal.claims;

import io.tokenguard.access.RefusedException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads scopes (RFC 6749 §3.3, also with characters outside ASCII): names separated by single spaces, or a list of names. */
final class ScopeGrammar {
    private static final int MOST_SCOPES = 1_000;

    private ScopeGrammar() {}

    static Set<String> read(List<String> texts, String claim) throws RefusedException {
        Set<String> scopes = new LinkedHashSet<>();
        for (String text : texts) {
            addNames(text, scopes, claim);
        }
        return scopes;
    }

    private static void addNames(String text, Set<String> scopes, String claim) throws RefusedException {
        int start = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || text.charAt(at) == ' ') {
                if (at > start) {
                    scopes.add(text.substring(start, at));
                }
                start = at + 1;
            } else if (!isNameCharacter(text.charAt(at))) {
                throw ClaimReader.malformed(claim);
            }
        }
        if (scopes.size() > MOST_SCOPES) {
            throw ClaimReader.malformed(claim);
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
