package io.tokenguard.internal.settings;

import io.tokenguard.config.Introspection;

/**
 * How one issuer is asked about tokens.
 *
 * @param how the settings
 * @param isUnnamed whether nothing is known of the issuer but its endpoint, so that none of its signed tokens is accepted
 */
public record IntrospectionSettings(Introspection how, boolean isUnnamed) {}
