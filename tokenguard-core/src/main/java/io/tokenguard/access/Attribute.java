package io.tokenguard.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a condition reads in a token.
 *
 * @param word the word of the rule: {@code claim}, {@code subject}, {@code client}, {@code issuer} or {@code kind}
 * @param name the name of the claim, as in the rule; otherwise the word
 * @param path the member names that lead to the claim; empty for the other words
 */
record Attribute(String word, String name, List<String> path) {
    static final String CLAIM = "claim";

    private static final int DEEPEST = 8;

    Attribute {
        path = List.copyOf(path);
    }

    static Attribute of(String word) {
        return new Attribute(word, word, List.of());
    }

    /**
     * A claim: names separated by dots, a JSON Pointer (RFC 6901, for names that contain dots), or a single name that is a
     * URL.
     *
     * @throws ConfigurationException if a name is empty or {@code *}, or the path is longer than eight names
     */
    static Attribute claim(String name) {
        List<String> path = path(name);
        if (path.size() > DEEPEST || path.contains("") || path.contains("*")) {
            throw ConfigurationException.of(
                    "route",
                    name,
                    "write the name of a claim, with dots or as a JSON Pointer if it is inside another one, at most "
                            + DEEPEST + " names deep");
        }
        return new Attribute(CLAIM, name, path);
    }

    private static List<String> path(String name) {
        if (name.startsWith("/")) {
            return Arrays.stream(name.substring(1).split("/", -1))
                    .map(step -> step.replace("~1", "/").replace("~0", "~"))
                    .toList();
        }
        return name.contains("://") ? List.of(name) : List.of(name.split("\\.", -1));
    }

    @Nullable
    Object valueIn(AccessToken token) {
        return switch (word) {
            case "subject" -> token.subject().orElse(null);
            case "client" -> token.clientId().orElse(null);
            case "issuer" -> token.issuer();
            case "kind" -> token.subjectKind().name().toLowerCase(Locale.ROOT);
            default -> claimIn(token.claims());
        };
    }

    private @Nullable Object claimIn(Map<String, @Nullable Object> claims) {
        @Nullable Object value = claims;
        for (String step : path) {
            value = value instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return value;
    }

    /** A string, a whole number by its digits, or a boolean; null for every other value. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        return value instanceof Long || value instanceof Boolean ? value.toString() : null;
    }

    /** Whether {@code in} or {@code =} follows. */
    boolean hasRelation() {
        return word.equals(CLAIM) || word.equals("subject");
    }

    boolean isPersonal() {
        return PersonalClaims.has(word) || path.stream().anyMatch(PersonalClaims::has);
    }

    String notation() {
        return word.equals(CLAIM) ? word + " " + RuleWords.quotedValue(name) : word;
    }
}
