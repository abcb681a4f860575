package io.tokenguard.internal.status;

import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.VerificationKey;
import java.time.Duration;

/**
 * A status list token with a verified signature.
 *
 * @param claims its claims
 * @param key the key that verified it
 * @param clockSkew the greatest difference between the clocks of issuer and API
 */
public record VerifiedStatusList(VerifiedClaims claims, VerificationKey key, Duration clockSkew) {}
