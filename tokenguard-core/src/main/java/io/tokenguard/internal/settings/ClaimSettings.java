package io.tokenguard.internal.settings;

import io.tokenguard.config.Dialect;
import io.tokenguard.config.Dialect.ClaimNames;
import java.util.Set;

/**
 * The claims of one issuer's tokens.
 *
 * @param dialect the dialect of its tokens; {@link Dialect#AUTO} if metadata choose it
 * @param origin what chooses the dialect
 * @param required conditions that have to hold in addition to those of the dialect
 * @param shape how its tokens differ from the dialect
 * @param scopes where the scopes are
 * @param roles where the roles are
 */
public record ClaimSettings(
        Dialect dialect,
        DialectOrigin origin,
        Set<String> required,
        ShapeSettings shape,
        ClaimNames scopes,
        ClaimNames roles) {
    /** Copies the set. */
    public ClaimSettings {
        required = Set.copyOf(required);
    }
}
