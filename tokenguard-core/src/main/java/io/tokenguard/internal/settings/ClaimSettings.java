package io.tokenguard.internal.settings;

import io.tokenguard.config.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which claims the tokens of one issuer have.
 *
 * @param dialect the shape of its tokens
 * @param required claims that are required, beside those of the dialect
 * @param scopePath the path to the scopes; empty for that of the dialect
 * @param rolesPath the path to the roles; empty for that of the dialect
 */
public record ClaimSettings(
        Dialect dialect, Set<String> required, Optional<List<String>> scopePath, Optional<List<String>> rolesPath) {
    /** Copies the set. */
    public ClaimSettings {
        required = Set.copyOf(required);
    }
}
