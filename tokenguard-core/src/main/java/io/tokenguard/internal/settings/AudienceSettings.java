package io.tokenguard.internal.settings;

import java.util.Set;

/**
 * The recipients of one issuer's tokens.
 *
 * @param names the names of this API, of which a token must contain one
 * @param mayBeMissing whether tokens without an audience are accepted
 */
public record AudienceSettings(Set<String> names, boolean mayBeMissing) {
    /** Copies the names. */
    public AudienceSettings {
        names = Set.copyOf(names);
    }
}
