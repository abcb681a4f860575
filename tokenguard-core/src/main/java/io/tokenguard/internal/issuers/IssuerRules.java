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
 * @param header what headers have to say
 * @param keys its keys
 * @param claims what claims have to say
 * @param lifetime how long tokens live
 * @param origin how they are configured, for the operator
 */
public record IssuerRules(
        String issuer,
        HeaderPolicy header,
        KeySource keys,
        ClaimsValidator claims,
        LifetimeCheck lifetime,
        Origin origin) {
    /**
     * How the rules of an issuer are configured.
     *
     * @param dialect the name of the dialect in force
     * @param keyPrefix what the keys of its settings begin with, such as {@code tokenguard.issuers.main.}
     */
    public record Origin(String dialect, String keyPrefix) {}

    /** Serves the keys of older rules of the same issuer, if they come from the same place, until its own are loaded. */
    void inherit(IssuerRules older) {
        if (keys instanceof RemoteKeySource mine && older.keys instanceof RemoteKeySource theirs) {
            mine.inherit(theirs);
        }
    }
}
