package io.tokenguard;

import io.tokenguard.internal.claims.ClaimsPolicy;
import io.tokenguard.internal.claims.LifetimePolicy;
import io.tokenguard.internal.token.HeaderPolicy;

/**
 * An issuer whose access tokens are accepted, and on which terms. Immutable.
 *
 * @see #builder(String)
 */
public final class TrustedIssuer {
    private final String keyPrefix;
    private final HeaderPolicy header;
    private final ClaimsPolicy claims;
    private final LifetimePolicy lifetime;
    private final KeySupply keys;

    TrustedIssuer(String keyPrefix, HeaderPolicy header, ClaimsPolicy claims, LifetimePolicy lifetime, KeySupply keys) {
        this.keyPrefix = keyPrefix;
        this.header = header;
        this.claims = claims;
        this.lifetime = lifetime;
        this.keys = keys;
    }

    /**
     * Starts to describe an issuer.
     *
     * @param issuer its identifier, to the letter as it stands in {@code iss}; for discovery an https address (RFC 8414 §2)
     */
    public static TrustedIssuerBuilder builder(String issuer) {
        return new TrustedIssuerBuilder(issuer);
    }

    /** Its identifier. */
    public String issuer() {
        return claims.issuer();
    }

    /** What its settings are called in messages, such as {@code tokenguard.issuers.main.}. */
    String keyPrefix() {
        return keyPrefix;
    }

    HeaderPolicy header() {
        return header;
    }

    ClaimsPolicy claims() {
        return claims;
    }

    LifetimePolicy lifetime() {
        return lifetime;
    }

    KeySupply keys() {
        return keys;
    }

    /** Shows the identifier only. */
    @Override
    public String toString() {
        return "TrustedIssuer[" + issuer() + "]";
    }
}
