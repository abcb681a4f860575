package io.tokenguard;

import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.keys.RemoteKeySource;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.spi.KeySource;

/**
 * How the tokens of one issuer are validated.
 *
 * @param issuer its name
 * @param header what its headers have to say
 * @param location where its keys are
 * @param keys its keys
 * @param claims what its claims have to say
 * @param lifetime how long its tokens live
 */
record IssuerRules(
        String issuer,
        HeaderPolicy header,
        KeyLocation location,
        KeySource keys,
        ClaimsValidator claims,
        LifetimeCheck lifetime) {
    /** Serves the keys of an older lane of the same issuer, where they come from the same place, until its own have come. */
    void inherit(IssuerRules older) {
        if (location.equals(older.location)
                && keys instanceof RemoteKeySource mine
                && older.keys instanceof RemoteKeySource theirs) {
            mine.inherit(theirs);
        }
    }

    static IssuerRules of(TrustedIssuer issuer, KeySource keys) {
        return new IssuerRules(
                issuer.issuer(),
                issuer.header(),
                issuer.keys().location(),
                keys,
                new ClaimsValidator(issuer.claims()),
                new LifetimeCheck(issuer.lifetime()));
    }
}
