package io.tokenguard.access;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Checks the names of scopes and roles in a requirement. */
final class Names {
    private Names() {}

    static Set<String> scopes(String key, String... scopes) {
        return distinct(key, Names::isScope, "name scopes in the characters of RFC 6749 section 3.3", scopes);
    }

    static Set<String> roles(String... roles) {
        return distinct("role", role -> !role.isBlank(), "name roles that are not blank", roles);
    }

    private static Set<String> distinct(String key, Predicate<String> rule, String mend, String... names) {
        if (names.length == 0) {
            throw ConfigurationException.missing(key, mend);
        }
        for (String name : names) {
            if (!rule.test(name)) {
                throw ConfigurationException.of(key, name, mend);
            }
        }
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
    }

    /** RFC 6749 §3.3: {@code scope-token = 1*( %x21 / %x23-5B / %x5D-7E )}. */
    private static boolean isScope(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != '"' && c != '\\');
    }
}
