package io.tokenguard;

import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.spi.KeySource;

/**
 * The rooms of the corridor that belong to one issuer.
 *
 * @param header what its headers have to say
 * @param keys its keys
 * @param claims what its claims have to say
 * @param lifetime how long its tokens live
 */
record IssuerLane(HeaderPolicy header, KeySource keys, ClaimsValidator claims, LifetimeCheck lifetime) {
    static IssuerLane of(TrustedIssuer issuer, KeySource keys) {
        return new IssuerLane(
                issuer.header(), keys, new ClaimsValidator(issuer.claims()), new LifetimeCheck(issuer.lifetime()));
    }
}
