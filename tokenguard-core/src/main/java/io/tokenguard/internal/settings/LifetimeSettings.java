package io.tokenguard.internal.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the tokens of one issuer may live.
 *
 * @param clockSkew the greatest difference between the clocks of issuer and API
 * @param maxAge the greatest age since {@code iat}; empty if age is not limited
 * @param maxLifetime the longest lifetime, from {@code iat} or now to {@code exp}
 */
public record LifetimeSettings(Duration clockSkew, Optional<Duration> maxAge, Duration maxLifetime) {}
