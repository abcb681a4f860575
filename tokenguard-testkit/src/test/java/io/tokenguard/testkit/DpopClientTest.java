package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proofs by RFC 9449 §4.2, read back by another library, and clients that answer with nonces (§8). */
class DpopClientTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.5Z");
    private final DpopClient client =
            DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), TestClock.startingAt(NOW));

    private static JsonWebSignature read(String proof) throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(proof);
        return jws;
    }

    private static JwtClaims claims(String proof) throws InvalidJwtException {
        return JwtClaims.parse(new String(
                Base64.getUrlDecoder().decode(CompactToken.parse(proof).payload()), StandardCharsets.UTF_8));
    }

    @Nested
    class Proofs {
        @ParameterizedTest
        @EnumSource(
                value = TestAlgorithm.class,
                names = {"EDDSA", "ED25519", "ED448", "ES256K", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87"},
                mode = EnumSource.Mode.EXCLUDE)
        void areSignedByTheKeyThatTheyBringAlong(TestAlgorithm algorithm) throws Exception {
            TestKey key = TestKey.generate(algorithm);
            JsonWebSignature proof = read(DpopClient.withKey(key, TestClock.startingAt(NOW))
                    .proof("GET", "https://a/")
                    .sign());
            @SuppressWarnings("unchecked")
            Map<String, Object> jwk = (Map<String, Object>) proof.getHeaders().getObjectHeaderValue("jwk");
            proof.setKey(JsonWebKey.Factory.newJwk(jwk).getKey());
            assertThat(proof.verifySignature()).isTrue();
            assertThat(proof.getHeader("alg")).isEqualTo(algorithm.joseName());
            assertThat(JsonWebKey.Factory.newJwk(jwk).calculateBase64urlEncodedThumbprint("SHA-256"))
                    .isEqualTo(key.thumbprint());
            assertThat(jwk).doesNotContainKeys("d", "p", "kid");
        }

        @Test
        void sayWhatTheyAreFor() throws Exception {
            String proof = client.proof("POST", "https://a/b").forToken("token").sign();
            JwtClaims claims = claims(proof);
            assertThat(read(proof).getHeader("typ")).isEqualTo("dpop+jwt");
            assertThat(claims.getStringClaimValue("htm")).isEqualTo("POST");
            assertThat(claims.getStringClaimValue("htu")).isEqualTo("https://a/b");
            assertThat(claims.getIssuedAt().getValue()).isEqualTo(NOW.getEpochSecond());
            assertThat(claims.getStringClaimValue("ath"))
                    .isEqualTo(Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(MessageDigest.getInstance("SHA-256")
                                    .digest("token".getBytes(StandardCharsets.US_ASCII))));
            assertThat(claims.getJwtId())
                    .isNotEqualTo(
                            claims(client.proof("POST", "https://a/b").sign()).getJwtId());
        }

        @Test
        void canBeWrongInEveryMember() throws Exception {
            TestKey other = TestKey.generate(TestAlgorithm.ES384);
            String proof = client.proof("GET", "https://a/")
                    .header("typ", "JWT")
                    .withoutHeader("jwk")
                    .claim("htm", 1)
                    .withoutClaim("jti")
                    .issuedAt(Instant.EPOCH)
                    .signedBy(other)
                    .sign();
            JsonWebSignature read = read(proof);
            assertThat(read.getHeader("typ")).isEqualTo("JWT");
            assertThat(read.getHeaders().getObjectHeaderValue("jwk")).isNull();
            assertThat(claims(proof).getClaimsMap())
                    .containsEntry("htm", 1L)
                    .containsEntry("iat", 0L)
                    .doesNotContainKey("jti");
            assertThat(CompactToken.parse(proof).signatureBytes()).hasSize(96);
        }

        @Test
        void areNotShownByAnything() {
            assertThat(client.toString())
                    .doesNotContain(client.proof("GET", "https://a/").sign());
        }
    }

    @Test
    void bindsTokensByThumbprint() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().start()) {
            String token = issuer.token().boundTo(client.key()).sign();
            assertThat(claims(token).getClaimsMap())
                    .containsEntry("cnf", Map.of("jkt", client.key().thumbprint()));
        }
    }

    @Nested
    class Requests {
        private final List<String> proofs = new ArrayList<>();
        private final List<String> authorizations = new ArrayList<>();

        private HttpServer serve(boolean asksForNonce) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                proofs.add(exchange.getRequestHeaders().getFirst("DPoP"));
                authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
                boolean isFirst = proofs.size() == 1;
                exchange.getResponseHeaders().add("DPoP-Nonce", "nonce-" + proofs.size());
                if (asksForNonce && isFirst) {
                    exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer");
                    exchange.getResponseHeaders().add("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"");
                }
                exchange.sendResponseHeaders(asksForNonce && !isFirst ? 200 : 401, -1);
                exchange.close();
            });
            server.start();
            return server;
        }

        private HttpResponse<String> get(HttpServer server) throws Exception {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/a?b=c");
            return client.send(
                    HttpClient.newHttpClient(), HttpRequest.newBuilder(address).build(), "token");
        }

        @Test
        void carryTokenAndProofForTheAddressWithoutItsQuery() throws Exception {
            HttpServer server = serve(false);
            try {
                assertThat(get(server).statusCode()).isEqualTo(401);
            } finally {
                server.stop(0);
            }
            assertThat(authorizations).containsExactly("DPoP token");
            assertThat(claims(proofs.get(0)).getStringClaimValue("htu"))
                    .endsWith("/a")
                    .startsWith("http://127.0.0.1:");
        }

        @Test
        void areSentOnceMoreWithTheNonceThatIsAskedFor() throws Exception {
            HttpServer server = serve(true);
            try {
                assertThat(get(server).statusCode()).isEqualTo(200);
            } finally {
                server.stop(0);
            }
            assertThat(proofs).hasSize(2);
            assertThat(claims(proofs.get(0)).hasClaim("nonce")).isFalse();
            assertThat(claims(proofs.get(1)).getStringClaimValue("nonce")).isEqualTo("nonce-1");
            assertThat(client.nonce()).contains("nonce-2");
        }
    }
}
