package io.tokenguard.internal.settings;

import io.tokenguard.config.Dpop;
import io.tokenguard.config.MutualTls;

/**
 * How senders prove possession of tokens.
 *
 * @param dpop by a key
 * @param mutualTls by a certificate
 */
public record BindingSettings(Dpop dpop, MutualTls mutualTls) {}
