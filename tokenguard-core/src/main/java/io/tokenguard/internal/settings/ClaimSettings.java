package io.tokenguard.internal.settings;

import io.tokenguard.config.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which claims the tokens of one issuer have.
 *
 * @param dialect the dialect of its tokens; {@link Dialect#AUTO} if metadata choose it
 * @param origin what chooses the dialect
 * @param required conditions that have to hold in addition to those of the dialect
 * @param shape how its tokens differ from the dialect
 * @param scopePaths paths to the scopes; empty for those of the dialect
 * @param rolesPaths paths to the roles; empty for those of the dialect
 */
public record ClaimSettings(
        Dialect dialect,
        DialectOrigin origin,
        Set<String> required,
        ShapeSettings shape,
        Optional<List<String>> scopePaths,
        Optional<List<String>> rolesPaths) {
    /** Copies the set. */
    public ClaimSettings {
        required = Set.copyOf(required);
    }
}
