package io.tokenguard.jdbc;

import io.tokenguard.access.ConfigurationException;
import java.util.regex.Pattern;

/**
 * The tables, by a prefix that keeps APIs apart that share a schema.
 *
 * @param prefix the start of their names
 */
record Tables(String prefix) {
    static final String USUAL_PREFIX = "tokenguard_";
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,31}");

    /**
     * Checks the prefix, which becomes part of statements.
     *
     * @throws ConfigurationException if it could be more than the start of a name
     */
    Tables {
        if (!PREFIX.matcher(prefix).matches()) {
            throw ConfigurationException.of(
                    "tokenguard.state.table-prefix",
                    prefix.length() > 64 ? prefix.length() + " characters" : prefix,
                    "use 1 to 32 letters a-z, digits and underscores, and no digit at the start");
        }
    }

    /** A statement, with the tables' names in place of names in braces. */
    String in(String statement) {
        return statement.replace("{", prefix).replace("}", "");
    }
}
