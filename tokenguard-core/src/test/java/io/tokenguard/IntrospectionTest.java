package io.tokenguard;

import static io.tokenguard.GuardedIssuer.AUDIENCE;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.AccessToken.SubjectKind;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.RecordedRequest;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7662 in its order, as far as it is about protected resources. */
class IntrospectionTest {
    private static IntrospectionDrill drill;

    @BeforeAll
    static void start() {
        drill = IntrospectionDrill.usual();
    }

    @AfterAll
    static void stop() {
        drill.close();
    }

    private static RecordedRequest lastCall() {
        List<RecordedRequest> calls = drill.issuer.recorded(TestEndpoint.INTROSPECTION);
        return calls.get(calls.size() - 1);
    }

    private static AccessToken granted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Granted.class);
        return ((Decision.Granted) decision).accessToken().orElseThrow();
    }

    /** Introspection request. */
    @Nested
    class Section21 {
        @Test
        void postsTheTokenAsAFormParameterWithItsKind() {
            String token = drill.as().opaque();
            assertThat(drill.judge(token)).isNull();
            RecordedRequest call = lastCall();
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.header("Content-Type")).contains("application/x-www-form-urlencoded");
            assertThat(call.header("Accept")).contains("application/json");
            assertThat(call.parameter("token")).contains(token);
            assertThat(call.parameter("token_type_hint")).contains("access_token");
            assertThat(call.path()).doesNotContain("?");
        }

        @Test
        void saysWhoAsks() {
            assertThat(drill.judge(drill.as().opaque())).isNull();
            assertThat(lastCall().header("Authorization")).contains("Basic YXBpOnNlY3JldA==");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a&token=b", "a\r\nX: y", "a b", "a%00"})
        void refusesMalformedTokensWithoutACall(String token) {
            int before = drill.calls();
            assertThat(drill.judge(token)).isEqualTo(RefusalReason.CREDENTIAL_SYNTAX);
            assertThat(drill.calls()).isEqualTo(before);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a+b/c~d==", "a.b", "~"})
        void encodesTheTokenAsOneParameter(String token) {
            drill.as().answer(token, drill.as().active(drill.token()));
            assertThat(drill.judge(token)).isNull();
            assertThat(lastCall().parameter("token")).contains(token);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\r\nb", "a b", "", "\u00e9"})
        void refusesThemWithoutARequestToo(String token) {
            int before = drill.calls();
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> drill.guard.validate(token))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.TOKEN_MALFORMED));
            assertThat(drill.calls()).isEqualTo(before);
        }

        @Test
        void asksAboutNoTokenThatIsTooLong() {
            int before = drill.calls();
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> drill.guard.validate("a".repeat(16_385)))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.TOKEN_TOO_LARGE));
            assertThat(drill.calls()).isEqualTo(before);
        }

        @Test
        void findsTheEndpointByTheIssuersMetadata() {
            try (TokenGuard guard = TokenGuard.builder()
                    .issuer(GuardedIssuer.trusted(drill.issuer)
                            .introspection(Introspection.as(IntrospectionDrill.CLIENT))
                            .build())
                    .clock(drill.clock)
                    .route("/orders authenticated")
                    .build()) {
                assertThat(reasonOf(
                                guard.decide(GuardedIssuer.bearing(drill.as().opaque()))))
                        .isNull();
                int before = drill.issuer.requests(TestEndpoint.OIDC_DISCOVERY);
                assertThat(reasonOf(
                                guard.decide(GuardedIssuer.bearing(drill.as().opaque()))))
                        .isNull();
                assertThat(drill.issuer.requests(TestEndpoint.OIDC_DISCOVERY)).isEqualTo(before);
            }
        }
    }

    /** Introspection response. */
    @Nested
    class Section22 {
        @Test
        void makesATokenOfWhatIsAnswered() {
            String token = drill.as()
                    .opaque(drill.token().subject("alice").clientId("shop").scope("orders:read", "orders:write"));
            AccessToken answer = granted(drill.decide("/scoped", token));
            assertThat(answer.issuer()).isEqualTo(drill.issuer.issuer());
            assertThat(answer.subject()).contains("alice");
            assertThat(answer.clientId()).contains("shop");
            assertThat(answer.subjectKind()).isEqualTo(SubjectKind.USER);
            assertThat(answer.scopes()).containsExactlyInAnyOrder("orders:read", "orders:write");
            assertThat(answer.audiences()).containsExactly(AUDIENCE);
        }

        @Test
        void refusesATokenWithoutTheScopeOfTheRoute() {
            String token = drill.as().opaque(drill.token().scope("orders:write"));
            assertThat(drill.judge("/scoped", token)).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
        }

        @Test
        void refusesATokenThatIsNotActive() {
            assertThat(drill.judge("unknown")).isEqualTo(RefusalReason.TOKEN_INACTIVE);
        }

        @Test
        void acceptsOnlyTheBooleanTrueAsActive() {
            for (Object other : new Object[] {"true", 1L, 0L, "", List.of(true), Map.of("active", true), false}) {
                assertThat(drill.judgeWith(answer -> answer.put("active", other)))
                        .as("active %s", other)
                        .isEqualTo(RefusalReason.TOKEN_INACTIVE);
            }
            assertThat(drill.judgeWith(answer -> answer.put("active", null))).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            assertThat(drill.judgeWith(answer -> answer.remove("active"))).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            assertThat(drill.judge(Map.of())).isEqualTo(RefusalReason.TOKEN_INACTIVE);
        }

        @Test
        void refusesAnActiveTokenThatHasExpired() {
            long now = drill.clock.instant().getEpochSecond();
            assertThat(drill.judgeWith(answer -> answer.put("exp", now - 31))).isEqualTo(RefusalReason.EXPIRED);
            assertThat(drill.judgeWith(answer -> answer.put("nbf", now + 31))).isEqualTo(RefusalReason.NOT_YET_VALID);
            assertThat(drill.judgeWith(answer -> answer.put("iat", now + 31)))
                    .isEqualTo(RefusalReason.ISSUED_IN_FUTURE);
            assertThat(drill.judgeWith(answer -> answer.put("exp", now + 100_000)))
                    .isEqualTo(RefusalReason.LIFETIME_TOO_LONG);
        }

        @ParameterizedTest
        @CsvSource({
            "aud, https://other.example, AUDIENCE_MISMATCH",
            "iss, https://other.example, ISSUER_MISMATCH",
            "token_type, refresh_token, NOT_AN_ACCESS_TOKEN",
            "token_type, N_A, NOT_AN_ACCESS_TOKEN",
            "typ, Refresh, NOT_AN_ACCESS_TOKEN",
            "typ, ID, NOT_AN_ACCESS_TOKEN",
            "typ, Serialized-ID, NOT_AN_ACCESS_TOKEN",
            "token_use, id_token, NOT_AN_ACCESS_TOKEN",
            "token_usage, refresh_token, NOT_AN_ACCESS_TOKEN",
            "nonce, n, NOT_AN_ACCESS_TOKEN",
            "exp, soon, CLAIMS_MALFORMED",
            "scope, a\"b, CLAIMS_MALFORMED",
            "token_type, DPoP, CLAIM_MISSING"
        })
        void refusesAnswersAboutOtherTokens(String member, String value, RefusalReason reason) {
            assertThat(drill.judgeWith(answer -> answer.put(member, value))).isEqualTo(reason);
        }

        @ParameterizedTest
        @CsvSource({"token_type, access_token", "token_type, bearer", "typ, JWT", "token_use, access_token"})
        void takesAnyOtherWordForTheKindOfAToken(String member, String value) {
            assertThat(drill.judgeWith(answer -> answer.put(member, value))).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer", "bearer", "BEARER"})
        void takesTheTypeOfATokenInAnyCase(String type) {
            assertThat(drill.judgeWith(answer -> answer.put("token_type", type)))
                    .isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"sub", "client_id", "iat", "jti", "token_type", "scope"})
        void demandsNoMemberThatIsOptionalAndMeansNothingMissing(String member) {
            assertThat(drill.judgeWith(answer -> answer.remove(member))).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "aud", "exp"})
        void requiresIssuerAudienceAndExpiryUnlessConfiguredOtherwise(String member) {
            assertThat(drill.judgeWith(answer -> answer.remove(member))).isEqualTo(RefusalReason.CLAIM_MISSING);
            try (IntrospectionDrill lenient =
                    new IntrospectionDrill(settings -> settings.acceptAnswersWithout(member))) {
                assertThat(lenient.judgeWith(answer -> answer.remove(member))).isNull();
                assertThat(lenient.judgeWith(answer -> answer.put(member, "other")))
                        .isNotNull();
            }
        }

        @Test
        void acceptsATokenWithoutExpiryWithoutCacheAndSkew() {
            try (TokenGuard exact = TokenGuard.builder()
                    .issuer(GuardedIssuer.trusted(drill.issuer)
                            .clockSkew(Duration.ZERO)
                            .introspection(Introspection.at(drill.issuer.introspectionUri(), IntrospectionDrill.CLIENT)
                                    .cacheTtl(Duration.ZERO)
                                    .acceptAnswersWithout("exp"))
                            .build())
                    .clock(drill.clock)
                    .route("/orders authenticated")
                    .build()) {
                String token = drill.as().opaque(drill.token().withoutClaim("exp"));
                assertThat(reasonOf(exact.decide(GuardedIssuer.bearing(token)))).isNull();
            }
        }

        @Test
        void asksAgainAfterFifteenSecondsAboutATokenWithoutExpiry() {
            try (IntrospectionDrill lenient =
                    new IntrospectionDrill(settings -> settings.acceptAnswersWithout("iss", "aud", "exp"))) {
                String token = lenient.as().opaque();
                lenient.as().answer(token, Map.of("active", true));
                assertThat(lenient.judge(token)).isNull();
                lenient.as().revoke(token);
                lenient.advance(Duration.ofMillis(14_999));
                assertThat(lenient.judge(token)).isNull();
                lenient.advance(Duration.ofMillis(1));
                assertThat(lenient.judge(token)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            }
        }
    }

    /** Security considerations. */
    @Nested
    class Section4 {
        @Test
        void cachesAPositiveAnswerForFifteenSecondsAtMost() {
            String token = drill.as().opaque();
            assertThat(drill.judge(token)).isNull();
            int calls = drill.calls();
            drill.as().revoke(token);
            drill.advance(Duration.ofMillis(14_999));
            assertThat(drill.judge(token)).isNull();
            assertThat(drill.calls()).isEqualTo(calls);
            drill.advance(Duration.ofMillis(1));
            assertThat(drill.judge(token)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            assertThat(drill.calls()).isEqualTo(calls + 1);
        }

        @Test
        void remembersNoGoodAnswerPastTheTokensEnd() {
            String token = drill.as().opaque(drill.token().expiresIn(Duration.ofSeconds(5)));
            assertThat(drill.judge(token)).isNull();
            drill.as().revoke(token);
            drill.advance(Duration.ofSeconds(5));
            assertThat(drill.judge(token)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
        }

        @Test
        void remembersABadAnswerForTenSeconds() {
            String token = "stranger";
            assertThat(drill.judge(token)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            int calls = drill.calls();
            drill.as().answer(token, drill.as().active(drill.token().expiresIn(Duration.ofHours(1))));
            drill.advance(Duration.ofMillis(9_999));
            assertThat(drill.judge(token)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            assertThat(drill.calls()).isEqualTo(calls);
            drill.advance(Duration.ofMillis(1));
            assertThat(drill.judge(token)).isNull();
        }

        @Test
        void remembersNothingWhereItIsToldSo() {
            try (IntrospectionDrill live = new IntrospectionDrill(settings -> settings.cacheTtl(Duration.ZERO))) {
                String token = live.as().opaque();
                assertThat(live.judge(token)).isNull();
                live.as().revoke(token);
                assertThat(live.judge(token)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            }
        }

        @Test
        void validatesSignedTokensLocallyAndNeverIntrospectsThem() {
            int before = drill.calls();
            TestKey stranger = TestKey.generate(TestAlgorithm.ES256, "stranger");
            String unknown = drill.token().key(stranger).sign();
            String forged = drill.token()
                    .key(stranger.withKid(drill.issuer.currentKey().kid()))
                    .header("alg", drill.issuer.currentKey().algorithm().joseName())
                    .sign();
            drill.as().answer(unknown, drill.as().active(drill.token()));
            drill.as().answer(forged, drill.as().active(drill.token()));
            assertThat(drill.judge(unknown)).isEqualTo(RefusalReason.KEY_UNKNOWN);
            assertThat(drill.judge(forged)).isEqualTo(RefusalReason.SIGNATURE_INVALID);
            assertThat(drill.judge("a.b.c")).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThat(drill.judge("a.b.c.d.e")).isEqualTo(RefusalReason.TOKEN_ENCRYPTED);
            assertThat(drill.judge(drill.token().sign())).isNull();
            assertThat(drill.calls()).isEqualTo(before);
        }
    }

    /** RFC 9449 §6.2 and RFC 8705 §3.2. */
    @Nested
    class Bindings {
        private final DpopClient client = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), drill.clock);

        private IncomingRequest proven(String token, String proof) {
            return IncomingRequest.builder("GET", "/bound")
                    .overTls()
                    .header("Host", "api.example.com")
                    .header("Authorization", "DPoP " + token)
                    .header("DPoP", proof)
                    .build();
        }

        private String bound() {
            String token = drill.as().opaque(drill.token().boundTo(client.key()));
            Map<String, Object> members =
                    new HashMap<>(drill.as().active(drill.token().boundTo(client.key())));
            members.put("token_type", "DPoP");
            drill.as().answer(token, members);
            return token;
        }

        @Test
        void takesABoundTokenWithAProofOfItsKey() {
            String token = bound();
            String proof = client.proof("GET", "https://api.example.com/bound")
                    .forToken(token)
                    .sign();
            assertThat(granted(drill.guard.decide(proven(token, proof))).confirmation())
                    .isEqualTo(new Confirmation.DpopKey(client.key().thumbprint()));
            assertThat(reasonOf(drill.guard.decide(proven(token, proof)))).isEqualTo(RefusalReason.PROOF_REPLAYED);
        }

        @Test
        void neverTakesItForABearerToken() {
            assertThat(drill.judge(bound())).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
        }

        @Test
        void takesNoProofOfAnotherKeyOrForAnotherToken() {
            String token = bound();
            DpopClient thief = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), drill.clock);
            String foreign = thief.proof("GET", "https://api.example.com/bound")
                    .forToken(token)
                    .sign();
            String forOther = client.proof("GET", "https://api.example.com/bound")
                    .forToken("other")
                    .sign();
            assertThat(reasonOf(drill.guard.decide(proven(token, foreign)))).isEqualTo(RefusalReason.BINDING_MISMATCH);
            assertThat(reasonOf(drill.guard.decide(proven(token, forOther)))).isEqualTo(RefusalReason.PROOF_INVALID);
        }

        @Test
        void takesNoTokenOfACertificateWithoutIt() {
            String token = drill.as()
                    .opaque(drill.token()
                            .boundTo(TestCertificate.selfSigned("client").certificate()));
            assertThat(drill.judge(token)).isEqualTo(RefusalReason.BINDING_MISSING);
        }

        @Test
        void takesNoBoundTokenWithoutARequest() {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> drill.guard.validate(bound()))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.BINDING_DOWNGRADE));
        }

        @Test
        void passesOverNoBindingThatItDoesNotKnow() {
            assertThat(drill.judgeWith(answer -> answer.put("cnf", Map.of("jwe", "x"))))
                    .isEqualTo(RefusalReason.BINDING_UNSUPPORTED);
        }
    }
}
