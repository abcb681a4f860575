package io.tokenguard.internal.settings;

import io.tokenguard.config.Introspection;

/**
 * The introspection settings of one issuer.
 *
 * @param how the settings
 * @param isUnnamed whether only the issuer's endpoint is known, so that none of its signed tokens is accepted
 */
public record IntrospectionSettings(Introspection how, boolean isUnnamed) {}
