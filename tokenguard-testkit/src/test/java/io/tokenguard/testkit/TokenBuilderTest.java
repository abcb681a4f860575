package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBuilderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.999Z");
    private static final long NOW_SECONDS = NOW.getEpochSecond();

    private final TestClock clock = TestClock.startingAt(NOW);
    private final TestIssuer issuer =
            TestIssuer.builder().keys(KnownKeys.EC, KnownKeys.RSA).clock(clock).start();

    @AfterEach
    void close() {
        issuer.close();
    }

    @Nested
    class Untouched {

        @Test
        void makesTheHeaderOfRfc9068() throws Exception {
            assertThat(header(issuer.token().sign())).isEqualTo(Map.of("typ", "at+jwt", "alg", "ES256", "kid", "ec"));
        }

        @Test
        void makesTheClaimsOfRfc9068() throws Exception {
            Map<String, Object> claims = payload(issuer.token().sign());

            assertThat(claims.remove("jti")).asString().hasSize(36);
            assertThat(claims)
                    .isEqualTo(Map.of(
                            "iss",
                            issuer.issuer(),
                            "sub",
                            "alice",
                            "aud",
                            "https://api.example.com",
                            "client_id",
                            "test-client",
                            "iat",
                            NOW_SECONDS,
                            "exp",
                            NOW_SECONDS + 300));
        }

        @Test
        void makesEachTokenItsOwnIdentifier() throws Exception {
            assertThat(payload(issuer.token().sign()).get("jti"))
                    .isNotEqualTo(payload(issuer.token().sign()).get("jti"));
        }

        @Test
        void datesEachTokenByTheClock() throws Exception {
            clock.advance(Duration.ofHours(1));

            assertThat(payload(issuer.token().sign())).containsEntry("iat", NOW_SECONDS + 3600);
        }
    }

    @Nested
    class Claims {

        @Test
        void setsEachClaimByItsName() throws Exception {
            TokenBuilder token = issuer.token()
                    .issuer("https://other")
                    .subject("bob")
                    .clientId("app")
                    .tokenId("id-1")
                    .scope("read", "write")
                    .issuedAt(NOW.minusSeconds(10))
                    .notBefore(NOW.plusSeconds(20))
                    .expiresAt(NOW.plusSeconds(30));

            assertThat(payload(token.sign()))
                    .containsEntry("iss", "https://other")
                    .containsEntry("sub", "bob")
                    .containsEntry("client_id", "app")
                    .containsEntry("jti", "id-1")
                    .containsEntry("scope", "read write")
                    .containsEntry("iat", NOW_SECONDS - 10)
                    .containsEntry("nbf", NOW_SECONDS + 20)
                    .containsEntry("exp", NOW_SECONDS + 30);
        }

        @Test
        void writesOneAudienceAsTextAndSeveralAsArray() throws Exception {
            assertThat(payload(issuer.token().audience("a").sign())).containsEntry("aud", "a");
            assertThat(payload(issuer.token().audience("a", "b").sign())).containsEntry("aud", List.of("a", "b"));
            assertThat(payload(issuer.token().audience().sign())).containsEntry("aud", List.of());
        }

        @Test
        void countsTheLifetimeFromNow() throws Exception {
            assertThat(payload(issuer.token().expiresIn(Duration.ofHours(1)).sign()))
                    .containsEntry("exp", NOW_SECONDS + 3600);
            assertThat(payload(issuer.token().expiresIn(Duration.ofSeconds(-1)).sign()))
                    .containsEntry("exp", NOW_SECONDS - 1);
        }

        @Test
        void takesAnyClaimAlsoNull() throws Exception {
            TokenBuilder token = issuer.token().claim("cnf", Map.of("jkt", "x")).claim("exp", null);

            assertThat(payload(token.sign()))
                    .containsEntry("cnf", Map.of("jkt", "x"))
                    .containsEntry("exp", null);
        }

        @Test
        void leavesClaimsOut() throws Exception {
            assertThat(payload(issuer.token()
                            .withoutClaim("exp")
                            .withoutClaim("absent")
                            .sign()))
                    .doesNotContainKeys("exp", "absent")
                    .containsKey("iat");
        }

        @Test
        void signsTheRawPayloadAsItIs() throws Exception {
            String token =
                    issuer.token().rawPayload("{\"sub\":\"a\",\"sub\":\"b\"}").sign();

            assertThat(decoded(CompactToken.parse(token).payload()))
                    .isEqualTo("{\"sub\":\"a\",\"sub\":\"b\"}".getBytes(UTF_8));
            assertVerified(token, KnownKeys.EC);
        }

        @Test
        void signsRawPayloadBytesThatAreNotUtf8() throws Exception {
            byte[] bytes = {'{', (byte) 0xff, '}'};
            TokenBuilder token = issuer.token().rawPayload(bytes);
            bytes[0] = 'x';

            assertThat(decoded(CompactToken.parse(token.sign()).payload())).containsExactly('{', 0xff, '}');
            assertVerified(token.sign(), KnownKeys.EC);
        }
    }

    @Nested
    class Header {

        @Test
        void setsTypeAndOtherMembers() throws Exception {
            assertThat(header(issuer.token()
                            .type("JWT")
                            .header("crit", List.of("b64"))
                            .sign()))
                    .containsEntry("typ", "JWT")
                    .containsEntry("crit", List.of("b64"));
        }

        @Test
        void leavesMembersOut() throws Exception {
            assertThat(header(issuer.token().type(null).withoutHeader("kid").sign()))
                    .containsOnlyKeys("alg");
        }

        @Test
        void namesAnotherAlgorithmThanTheOneThatSigned() throws Exception {
            String token = issuer.token().header("alg", "RS256").sign();

            assertThat(header(token)).containsEntry("alg", "RS256");
            assertVerified(token, KnownKeys.EC);
        }

        @Test
        void signsTheRawHeaderAsItIs() throws Exception {
            String token = issuer.token()
                    .rawHeader("{\"alg\":\"none\",\"alg\":\"ES256\"}")
                    .sign();

            assertThat(decoded(CompactToken.parse(token).header()))
                    .isEqualTo("{\"alg\":\"none\",\"alg\":\"ES256\"}".getBytes(UTF_8));
            assertVerified(token, KnownKeys.EC);
        }

        @Test
        void signsRawHeaderBytesThatAreNotUtf8() throws Exception {
            byte[] bytes = {(byte) 0xff};
            TokenBuilder token = issuer.token().rawHeader(bytes);
            bytes[0] = 'x';

            assertThat(decoded(CompactToken.parse(token.sign()).header())).containsExactly(0xff);
        }

        @Test
        void showsTheTextOfBothParts() throws Exception {
            TokenBuilder token = issuer.token().subject("bob").type("JWT");
            CompactToken signed = CompactToken.parse(token.sign());

            assertThat(token.headerJson()).isEqualTo(new String(decoded(signed.header()), UTF_8));
            assertThat(token.payloadJson()).isEqualTo(new String(decoded(signed.payload()), UTF_8));
        }
    }

    @Nested
    class Signing {

        @Test
        void usesTheKeyThatIsNamedAndItsAlgorithm() throws Exception {
            String token = issuer.token().key(KnownKeys.OTHER_EC).sign();

            assertThat(header(token)).containsEntry("kid", "other-ec").containsEntry("alg", "ES256");
            assertVerified(token, KnownKeys.OTHER_EC);
        }

        @Test
        void findsTheIssuersKeyOfAnAlgorithm() throws Exception {
            String token = issuer.token().algorithm(TestAlgorithm.RS256).sign();

            assertThat(header(token)).containsEntry("kid", "rsa").containsEntry("alg", "RS256");
            assertThat(JcaVerifier.verifies(token, "RS256", KnownKeys.RSA.publicKey()))
                    .isTrue();
        }

        @Test
        void prefersTheCurrentKeyAmongThoseOfAnAlgorithm() throws Exception {
            issuer.publish(KnownKeys.OTHER_EC);

            assertThat(header(issuer.token().algorithm(TestAlgorithm.ES256).sign()))
                    .containsEntry("kid", "ec");
        }

        @Test
        void asksForAKeyWhereTheIssuerHasNone() {
            assertThatThrownBy(() -> issuer.token().algorithm(TestAlgorithm.PS256))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("PS256");
        }

        @Test
        void usesAKeyOfTheAttackerUnderTheKidOfTheIssuer() throws Exception {
            String token = issuer.token().key(KnownKeys.OTHER_EC.withKid("ec")).sign();

            assertThat(header(token)).containsEntry("kid", "ec");
            assertThat(JcaVerifier.verifies(token, "ES256", KnownKeys.EC.publicKey()))
                    .isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"none", "None", "ES256"})
        void leavesTheSignatureEmpty(String alg) throws Exception {
            String token = issuer.token().unsigned(alg);

            assertThat(token).endsWith(".");
            assertThat(CompactToken.parse(token).signature()).isEmpty();
            assertThat(header(token)).containsEntry("alg", alg).containsEntry("typ", "at+jwt");
            assertThat(payload(token)).containsEntry("sub", "alice");
        }

        @ParameterizedTest
        @ValueSource(strings = {"HS256", "HS384", "HS512"})
        void signsWithASharedSecret(String alg) throws Exception {
            byte[] secret = KnownKeys.RSA.publicKey().getEncoded();
            CompactToken token = CompactToken.parse(issuer.token().signWith(secret, alg));

            assertThat(header(token.compact())).containsEntry("alg", alg);
            assertThat(token.signatureBytes()).isEqualTo(hmac(alg, secret, token.signingInput()));
        }

        @Test
        void signsWithAnEmptySecretAsIfItWereZeros() throws Exception {
            CompactToken token = CompactToken.parse(issuer.token().signWith(new byte[0], "HS256"));

            assertThat(token.signatureBytes()).isEqualTo(hmac("HS256", new byte[64], token.signingInput()));
        }

        @Test
        void signsWithASecretOnlyWhereTheAlgorithmTakesOne() {
            assertThatThrownBy(() -> issuer.token().signWith(new byte[1], "ES256"))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void leavesTheBuilderAsItWasAfterAnUnsignedToken() throws Exception {
            TokenBuilder token = issuer.token();
            token.unsigned("none");

            assertThat(header(token.sign())).containsEntry("alg", "ES256");
        }

        @Test
        void signsPartsOfAnotherSpelling() throws Exception {
            CompactToken padded = CompactToken.parse(issuer.token().sign()).withPayload("e30=");
            byte[] signature = KnownKeys.EC.sign(TestAlgorithm.ES256, padded.signingInput());

            assertVerified(padded.withSignature(signature).compact(), KnownKeys.EC);
        }
    }

    private static void assertVerified(String token, TestKey key) throws Exception {
        assertThat(JcaVerifier.verifies(token, key.algorithm().joseName(), key.publicKey()))
                .isTrue();
    }

    private static byte[] hmac(String alg, byte[] secret, byte[] input) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA" + alg.substring(2));
        mac.init(new SecretKeySpec(secret, "any"));
        return mac.doFinal(input);
    }

    private static Map<String, Object> header(String token) throws JoseException {
        return JsonUtil.parseJson(new String(decoded(CompactToken.parse(token).header()), UTF_8));
    }

    private static Map<String, Object> payload(String token) throws JoseException {
        return JsonUtil.parseJson(new String(decoded(CompactToken.parse(token).payload()), UTF_8));
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
