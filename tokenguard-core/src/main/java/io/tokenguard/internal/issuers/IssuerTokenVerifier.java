package io.tokenguard.internal.issuers;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.VerificationKey;

/**
 * Verifies what issuers sign: access tokens, logout tokens, security events, status lists and introspection answers, all with
 * the keys and algorithms of the issuer's access tokens. Does not check claims. Thread-safe.
 *
 * @param issuers the trusted issuers
 * @param keys their keys
 * @param signatures verifies signatures
 */
public record IssuerTokenVerifier(IssuerRegistry issuers, TrustedKeys keys, SignatureVerifier signatures) {
    /**
     * A token with a verified signature.
     *
     * @param rules the rules of its issuer
     * @param token the parsed token
     * @param key the key that signed it
     * @param claims its claims
     */
    public record Verified(IssuerRules rules, UnverifiedToken token, VerificationKey key, VerifiedClaims claims) {}

    /** The same for decisions that must not wait. */
    public IssuerTokenVerifier withoutWaiting() {
        return new IssuerTokenVerifier(issuers.withoutWaiting(), keys, signatures);
    }

    /**
     * Verifies a token. May wait for the first load of keys.
     *
     * @throws RefusedException if it is malformed, of another kind, not signed by a trusted issuer, or if keys are missing
     */
    public Verified verify(TokenKind kind, String compact, VerificationTrace trace) throws RefusedException {
        UnverifiedToken token = trace.parsed(kind.parser().parse(compact));
        IssuerRules rules = trace.ruled(issuers.find(kind.issuerOf(token), trace));
        kind.headerOf(rules).require(token.header());
        VerificationKey key =
                keys.find(rules, token.header().key(), token.header().algorithm());
        VerifiedClaims claims = trace.verified(named(signatures.verify(token, key), kind, rules));
        rules.algorithms().verified(key.algorithm());
        issuers.proven(rules.issuer());
        return new Verified(rules, token, key, claims);
    }

    /** The claims with the issuer's identifier, if they have an alias of it or, where that is accepted, no issuer. */
    private static VerifiedClaims named(VerifiedClaims claims, TokenKind kind, IssuerRules rules) {
        boolean isSilent = kind.unstated().isPresent() && claims.members().get("iss") == null;
        return isSilent ? claims.issuedBy(rules.issuer()) : rules.names().normal(claims);
    }
}
