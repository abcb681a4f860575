package io.tokenguard.internal.feeds;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.token.VerifiedClaims;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Claims that an issuer sends, and the terms on which they are accepted. */
final class Sent {
    static final String ISSUER = "https://issuer.example";
    static final long NOW = 1_000_000;
    static final FeedTerms TERMS =
            new FeedTerms(ISSUER, Set.of(), Set.of("api", "shop"), Duration.ofSeconds(30), Instant.ofEpochSecond(NOW));

    private static final VerificationKey KEY = new VerificationKey(
            "k", SignatureAlgorithm.ES256, TestKey.generate(TestAlgorithm.ES256).publicKey());

    private Sent() {}

    /** The claims that both kinds of tokens need. */
    static Map<String, Object> claims(Map<String, ?> events) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("aud", "api");
        claims.put("iat", NOW);
        claims.put("exp", NOW + 60);
        claims.put("jti", "1");
        claims.put("events", events);
        return claims;
    }

    static VerifiedClaims verified(Map<String, Object> claims) {
        return new VerifiedClaims(Collections.unmodifiableMap(claims), KEY);
    }
}
