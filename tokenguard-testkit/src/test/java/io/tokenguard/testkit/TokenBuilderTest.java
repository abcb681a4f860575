package io.tokenguard.testkit;

import static io.tokenguard.testkit.TokenReader.decoded;
import static io.tokenguard.testkit.TokenReader.header;
import static io.tokenguard.testkit.TokenReader.payload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

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
        void takesTheAudienceOfTheIssuer() throws Exception {
            try (TestIssuer other = TestIssuer.builder()
                    .keys(KnownKeys.EC)
                    .audience("https://a", "https://b")
                    .start()) {
                assertThat(payload(other.token().sign())).containsEntry("aud", List.of("https://a", "https://b"));
            }
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

    private static void assertVerified(String token, TestKey key) throws Exception {
        assertThat(JcaVerifier.verifies(token, key.algorithm().joseName(), key.publicKey()))
                .isTrue();
    }
}
