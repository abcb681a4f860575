package io.tokenguard.access;

import java.util.Iterator;
import java.util.List;

/** Reads the words of a requirement, such as {@code scope orders:read role admin}. */
final class RequirementReader {
    private static final String MEND =
            "write one of public, deny, authenticated, or any of 'scope a,b', 'any-scope a,b', 'role a,b'";

    private RequirementReader() {}

    static AccessRequirement read(List<String> words) {
        if (words.size() == 1) {
            return readSingle(words.get(0));
        }
        AccessRequirement requirement = AccessRequirement.authenticated();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            requirement = requirement.and(readPair(rest.next(), rest));
        }
        return requirement;
    }

    private static AccessRequirement readSingle(String word) {
        return switch (word) {
            case "public" -> AccessRequirement.open();
            case "deny" -> AccessRequirement.denied();
            case "authenticated" -> AccessRequirement.authenticated();
            default -> throw ConfigurationException.of("route", word, MEND);
        };
    }

    private static AccessRequirement readPair(String word, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw ConfigurationException.of("route", word, MEND);
        }
        String[] names = rest.next().split(",", -1);
        return switch (word) {
            case "scope" -> AccessRequirement.scope(names);
            case "any-scope" -> AccessRequirement.anyScope(names);
            case "role" -> AccessRequirement.role(names);
            default -> throw ConfigurationException.of("route", word, MEND);
        };
    }
}
