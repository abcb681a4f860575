package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

class TestIssuerTest {
    private final Web web = new Web();

    @Test
    void mintsATokenThatJose4jVerifiesWithThePublishedKeys() throws Exception {
        try (TestIssuer issuer = TestIssuer.start()) {
            JwtClaims claims = new JwtConsumerBuilder()
                    .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(
                            new HttpsJwks(issuer.jwksUri().toString())))
                    .setExpectedIssuer(issuer.issuer())
                    .setExpectedAudience("https://api.example.com")
                    .setExpectedType(true, "at+jwt")
                    .setRequireExpirationTime()
                    .build()
                    .processToClaims(issuer.token().scope("read", "write").sign());

            assertThat(claims.getSubject()).isEqualTo("alice");
            assertThat(claims.getStringClaimValue("scope")).isEqualTo("read write");
        }
    }

    @Test
    void namesItselfInBothDiscoveryDocuments() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder()
                .algorithms(TestAlgorithm.ES256)
                .path("/realms/demo")
                .start()) {
            assertThat(web.json(issuer.oidcDiscoveryUri())).containsEntry("issuer", issuer.issuer());
            assertThat(web.json(issuer.oauthDiscoveryUri())).containsEntry("issuer", issuer.issuer());
        }
    }
}
