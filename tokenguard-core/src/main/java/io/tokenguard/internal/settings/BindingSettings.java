package io.tokenguard.internal.settings;

import io.tokenguard.config.Dpop;
import io.tokenguard.config.MutualTls;

/**
 * How tokens prove that their sender owns them.
 *
 * @param dpop by a key
 * @param mutualTls by a certificate
 */
public record BindingSettings(Dpop dpop, MutualTls mutualTls) {}
