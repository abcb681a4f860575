package io.tokenguard.internal.claims;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The claims of a good access token (RFC 9068 §2.2), and the policy that accepts them. */
final class Verified {
    static final String ISSUER = "https://issuer.example";
    static final String API = "https://api.example";
    static final TokenShape SHAPE = TokenShape.with("iss", "exp", "aud", "sub", "client_id", "iat", "jti")
            .clientIn("client_id");
    static final ClaimsPolicy POLICY = policy(SHAPE);

    private static final VerificationKey KEY = new VerificationKey(
            "k", SignatureAlgorithm.ES256, TestKey.generate(TestAlgorithm.ES256).publicKey());

    private Verified() {}

    static ClaimsPolicy policy(TokenShape shape) {
        return new ClaimsPolicy(ISSUER, Set.of(API, "second"), shape, List.of("scope"), List.of("roles"));
    }

    static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("exp", 1_000_000L);
        claims.put("aud", API);
        claims.put("sub", "alice");
        claims.put("client_id", "shop");
        claims.put("iat", 999_000L);
        claims.put("jti", "1");
        return claims;
    }

    static Map<String, Object> with(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    static Map<String, Object> without(String name) {
        Map<String, Object> claims = claims();
        claims.remove(name);
        return claims;
    }

    static VerifiedClaims verified(Map<String, Object> claims) {
        return new VerifiedClaims(Collections.unmodifiableMap(claims), KEY);
    }
}
