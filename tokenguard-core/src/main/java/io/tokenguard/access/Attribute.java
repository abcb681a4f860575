package io.tokenguard.access;

import io.tokenguard.internal.claimpath.ClaimPath;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a condition reads in a token.
 *
 * @param word the word of the rule: {@code claim}, {@code subject}, {@code client}, {@code issuer} or {@code kind}
 * @param name the name of the claim, as in the rule; otherwise the word
 * @param path the path to the claim; without steps for the other words
 */
record Attribute(String word, String name, ClaimPath path) {
    static final String CLAIM = "claim";

    private static final ClaimPath NONE = new ClaimPath(List.of());

    static Attribute of(String word) {
        return new Attribute(word, word, NONE);
    }

    /**
     * A claim, in the notation of {@link ClaimPath}.
     *
     * @throws ConfigurationException if the path does not lead to one value
     */
    static Attribute claim(String name) {
        ClaimPath path = ClaimPath.of(name);
        if (!path.isOfOneValue()) {
            throw ConfigurationException.of("route", name, ClaimPath.REMEDY);
        }
        return new Attribute(CLAIM, name, path);
    }

    @Nullable
    Object valueIn(AccessToken token) {
        return switch (word) {
            case "subject" -> token.subject().orElse(null);
            case "client" -> token.clientId().orElse(null);
            case "issuer" -> token.issuer();
            case "kind" -> token.subjectKind().name().toLowerCase(Locale.ROOT);
            default -> path.valueIn(token.claims());
        };
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
        return PersonalClaims.has(word) || path.steps().stream().anyMatch(PersonalClaims::has);
    }

    String notation() {
        return word.equals(CLAIM) ? word + " " + RuleWords.quotedValue(name) : word;
    }
}
