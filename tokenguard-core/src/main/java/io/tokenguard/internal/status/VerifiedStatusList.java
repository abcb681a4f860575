package io.tokenguard.internal.status;

import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.VerificationKey;
import java.time.Duration;

/**
 * A status list token whose signature is the issuer's.
 *
 * @param claims what it says
 * @param key the key that has verified it
 * @param clockSkew how far the clocks of issuer and API may be apart
 */
public record VerifiedStatusList(VerifiedClaims claims, VerificationKey key, Duration clockSkew) {}
