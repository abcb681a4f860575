package io.tokenguard.internal.issuers;

import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.keys.RemoteKeySource;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.spi.KeySource;

/**
 * How the tokens of one issuer are validated.
 *
 * @param issuer its identifier
 * @param header what headers must contain
 * @param keys its keys
 * @param claims what claims must contain
 * @param lifetime how long tokens live
 */
public record IssuerRules(
        String issuer, HeaderPolicy header, KeySource keys, ClaimsValidator claims, LifetimeCheck lifetime) {
    /** Uses the keys of older rules of the same issuer, if they come from the same place, until its own are loaded. */
    void inherit(IssuerRules older) {
        if (keys instanceof RemoteKeySource mine && older.keys instanceof RemoteKeySource theirs) {
            mine.inherit(theirs);
        }
    }
}
