package io.tokenguard.internal.claims;

import java.time.Duration;
import java.util.Optional;

/**
 * How long one issuer's tokens may live.
 *
 * @param clockSkew the greatest difference between the clocks of issuer and API
 * @param maxAge the greatest age since {@code iat}; empty if age is not limited
 * @param maxLifetime the longest lifetime, from {@code iat} or now to {@code exp}
 */
public record LifetimePolicy(Duration clockSkew, Optional<Duration> maxAge, Duration maxLifetime) {}
