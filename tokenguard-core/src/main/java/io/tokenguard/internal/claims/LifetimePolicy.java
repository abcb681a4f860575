package io.tokenguard.internal.claims;

import java.time.Duration;
import java.util.Optional;

/**
 * How long one issuer's tokens may live.
 *
 * @param clockSkew how far the clocks of issuer and API may be apart
 * @param maxAge the greatest age since {@code iat}; empty where age is not limited
 * @param maxLifetime the longest life, from {@code iat} or now to {@code exp}
 */
public record LifetimePolicy(Duration clockSkew, Optional<Duration> maxAge, Duration maxLifetime) {}
