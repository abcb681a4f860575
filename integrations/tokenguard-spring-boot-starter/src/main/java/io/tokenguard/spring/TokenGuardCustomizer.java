package io.tokenguard.spring;

import io.tokenguard.TokenGuardBuilder;

/**
 * Changes the settings of the guard after the properties were read and before it is built. Each bean of this type is called
 * once, in the order of {@code @Order}.
 */
@FunctionalInterface
public interface TokenGuardCustomizer {
    /**
     * Changes the settings.
     *
     * @param settings the settings so far
     */
    void customize(TokenGuardBuilder settings);
}
