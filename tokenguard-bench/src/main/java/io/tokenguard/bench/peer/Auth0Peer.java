package io.tokenguard.bench.peer;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.tokenguard.bench.token.Trust;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Auth0's verifier. */
final class Auth0Peer implements Peer {
    private final JWTVerifier verifier;

    Auth0Peer(Trust trust) {
        verifier = JWT.require(algorithm(trust))
                .withIssuer(trust.issuer())
                .withAudience(trust.audience())
                .withClaimPresence("exp")
                .acceptLeeway(60)
                .build();
    }

    private static Algorithm algorithm(Trust trust) {
        return switch (trust.algorithm()) {
            case RS256 -> Algorithm.RSA256((RSAPublicKey) trust.publicKey(), null);
            case PS256 -> Algorithm.RSA256PSS((RSAPublicKey) trust.publicKey(), null);
            case ES256 -> Algorithm.ECDSA256((ECPublicKey) trust.publicKey(), null);
            case EDDSA -> throw new UnsupportedOperationException("Ed25519");
        };
    }

    @Override
    public DecodedJWT validate(String token) {
        return verifier.verify(token);
    }
}
