package io.tokenguard.internal.status;

import io.tokenguard.internal.token.VouchedClaims;
import java.time.Duration;

/**
 * A status list token whose signature is the issuer's.
 *
 * @param claims what it says
 * @param clockSkew how far the clocks of issuer and API may be apart
 */
public record VouchedList(VouchedClaims claims, Duration clockSkew) {}
