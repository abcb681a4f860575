package io.tokenguard.internal.settings;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.bounds.Bounds;
import java.util.Optional;

/**
 * The health document.
 *
 * @param path where it is, relative to the application; empty if it is off
 * @param scope the scope of tokens whose senders see details
 */
public record HealthSettings(Optional<String> path, String scope) {
    /** No document. */
    public static final HealthSettings OFF = new HealthSettings(Optional.empty(), "tokenguard:health");

    private static final String PATH = "tokenguard.health.path";
    private static final String SCOPE = "tokenguard.health.scope";

    /**
     * The same, at this path.
     *
     * @throws ConfigurationException if it is ambiguous
     */
    public HealthSettings at(String place) {
        return new HealthSettings(Optional.of(Bounds.plainPath(PATH, place)), scope);
    }

    /**
     * The same, with details for this scope.
     *
     * @throws ConfigurationException if it is no scope
     */
    public HealthSettings detailedFor(String name) {
        try {
            return new HealthSettings(path, ((AccessRequirement.Scope) AccessRequirement.scope(name)).name());
        } catch (ConfigurationException malformed) {
            throw ConfigurationException.of(SCOPE, name, malformed.remedy());
        }
    }

    /**
     * Checks that there is a document if something else is set about it.
     *
     * @throws ConfigurationException if there is none
     */
    void check() {
        if (path.isEmpty() && !scope.equals(OFF.scope)) {
            throw ConfigurationException.of(
                    SCOPE, scope, "there is no health document; set " + PATH + " too, or leave it out");
        }
    }
}
