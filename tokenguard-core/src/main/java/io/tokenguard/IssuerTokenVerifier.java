package io.tokenguard;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.VerificationKey;
import java.util.Set;

/**
 * Finds out which issuer vouches for a token that is no access token, by the keys and algorithms of its access tokens.
 *
 * @param parser parses it
 * @param issuers who is trusted
 * @param keys the keys of issuers
 * @param signatures checks signatures
 */
record IssuerTokenVerifier(TokenParser parser, IssuerRegistry issuers, TrustedKeys keys, SignatureVerifier signatures) {
    /**
     * What an issuer vouches for.
     *
     * @param issuer who
     * @param lane its rooms
     * @param claims what it vouches for
     */
    record Verified(String issuer, IssuerRules lane, VerifiedClaims claims) {}

    Verified vouch(String token, Set<String> types, AuditDetails auditDetails) throws RefusedException {
        UnverifiedToken unverified = auditDetails.parsed(parser.parse(token));
        String issuer = unverified.claimedIssuer();
        IssuerRules lane = issuers.find(issuer);
        new HeaderPolicy(lane.header().algorithms(), types).require(unverified.header());
        VerificationKey key =
                keys.find(lane, unverified.header().keyId(), unverified.header().algorithm());
        return new Verified(issuer, lane, auditDetails.vouched(signatures.verify(unverified, key)));
    }
}
