package io.tokenguard.internal.issuers;

import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.token.HeaderPolicy;

/**
 * How the access tokens of one issuer are validated.
 *
 * @param header the rules for headers
 * @param claims the rules for claims
 * @param lifetime how long tokens live
 * @param areIntrospected whether the issuer is asked about each token, whose answer may complete it
 * @param origin how they are configured, for the operator
 */
public record TokenRules(
        HeaderPolicy header, ClaimsValidator claims, LifetimeCheck lifetime, boolean areIntrospected, Origin origin) {
    /**
     * How the rules of an issuer are configured.
     *
     * @param dialect the name of the dialect in force
     * @param keyPrefix what the keys of its settings begin with, such as {@code tokenguard.issuers.main.}
     */
    public record Origin(String dialect, String keyPrefix) {}
}
