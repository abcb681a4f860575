package io.tokenguard.internal.settings;

import io.tokenguard.config.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of one issuer's tokens.
 *
 * @param dialect the dialect of its tokens, never {@link Dialect#AUTO}
 * @param isDialectRecognized whether the address of the issuer selected the dialect
 * @param required conditions that must hold in addition to those of the dialect
 * @param shape how its tokens differ from the dialect
 * @param scopePaths paths to the scopes; empty for those of the dialect
 * @param rolesPaths paths to the roles; empty for those of the dialect
 */
public record ClaimSettings(
        Dialect dialect,
        boolean isDialectRecognized,
        Set<String> required,
        ShapeSettings shape,
        Optional<List<String>> scopePaths,
        Optional<List<String>> rolesPaths) {
    /** Copies the set. */
    public ClaimSettings {
        required = Set.copyOf(required);
    }
}
