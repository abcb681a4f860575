package io.tokenguard.bench.peer;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.tokenguard.bench.token.Trust;

/** JJWT's parser. */
final class JjwtPeer implements Peer {
    private final JwtParser parser;

    JjwtPeer(Trust trust) {
        parser = Jwts.parser()
                .verifyWith(trust.publicKey())
                .requireIssuer(trust.issuer())
                .requireAudience(trust.audience())
                .clockSkewSeconds(60)
                .build();
    }

    @Override
    public Jws<Claims> validate(String token) {
        return parser.parseSignedClaims(token);
    }
}
