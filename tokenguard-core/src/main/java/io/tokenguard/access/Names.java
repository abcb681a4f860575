package io.tokenguard.access;

import java.util.List;
import java.util.stream.Stream;

/** Checks the names in a requirement. */
final class Names {
    private Names() {}

    static Stream<String> requireSome(String key, String... names) {
        if (names.length == 0) {
            throw ConfigurationException.missing(key, "name at least one");
        }
        return Stream.of(names);
    }

    /** RFC 6749 §3.3: {@code scope-token = 1*( %x21 / %x23-5B / %x5D-7E )}. */
    static void requireScope(String key, String name) {
        boolean isScope = !name.isEmpty() && name.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != '"' && c != '\\');
        if (!isScope) {
            throw ConfigurationException.of(
                    key,
                    name,
                    "a scope has printable ASCII characters except spaces, quotes and backslashes (RFC 6749 section 3.3);"
                            + " write several scopes as a,b, without spaces");
        }
    }

    static List<String> requireScopes(String key, List<String> names) {
        if (names.isEmpty()) {
            throw ConfigurationException.missing(key, "name at least one");
        }
        names.forEach(name -> requireScope(key, name));
        return names;
    }

    static void requireText(String key, String name) {
        if (name.isBlank()) {
            throw ConfigurationException.of(key, name, "name something that is not blank");
        }
    }
}
