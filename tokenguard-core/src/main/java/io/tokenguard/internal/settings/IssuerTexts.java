package io.tokenguard.internal.settings;

import java.util.Set;

/**
 * How tokens name their issuer, besides its identifier.
 *
 * @param aliases further values of {@code iss}
 * @param mayBeMissing whether tokens without {@code iss} are this issuer's
 */
public record IssuerTexts(Set<String> aliases, boolean mayBeMissing) {
    /** Tokens name the identifier. */
    public static final IssuerTexts IDENTIFIER_ONLY = new IssuerTexts(Set.of(), false);

    /** Copies the aliases. */
    public IssuerTexts {
        aliases = Set.copyOf(aliases);
    }
}
