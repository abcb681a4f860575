package io.tokenguard;

import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.signature.SignatureVerifier;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.internal.token.TokenParser;
import io.tokenguard.internal.token.UnverifiedToken;
import io.tokenguard.internal.token.VouchedClaims;
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
record Vouching(TokenParser parser, IssuerDirectory issuers, TrustedKeys keys, SignatureVerifier signatures) {
    /**
     * What an issuer vouches for.
     *
     * @param issuer who
     * @param lane its rooms
     * @param claims what it vouches for
     */
    record Vouched(String issuer, IssuerLane lane, VouchedClaims claims) {}

    Vouched vouch(String token, Set<String> types, Evidence evidence) throws RefusedException {
        UnverifiedToken unverified = evidence.parsed(parser.parse(token));
        String issuer = unverified.claimedIssuer();
        IssuerLane lane = issuers.find(issuer);
        new HeaderPolicy(lane.header().algorithms(), types).require(unverified.header());
        VerificationKey key =
                keys.find(lane, unverified.header().keyId(), unverified.header().algorithm());
        return new Vouched(issuer, lane, evidence.vouched(signatures.verify(unverified, key)));
    }
}
