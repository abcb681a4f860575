package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.RecordedRequest;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9701 in its order, as far as it is about protected resources. */
class SignedAnswerTest {
    private static final String MEDIA_TYPE = "application/token-introspection+jwt";

    private final IntrospectionDrill drill = new IntrospectionDrill(Introspection::signedAnswers);

    @AfterEach
    void stop() {
        drill.close();
    }

    /** Lets the signed answer about a new good token be another one, and judges the token. */
    private RefusalReason judge(UnaryOperator<TokenBuilder> change) {
        String token = drill.as().opaque();
        return judgeRaw(token, change.apply(drill.as().signedAnswer(token)).sign());
    }

    private RefusalReason judgeRaw(String token, String answer) {
        drill.issuer.on(TestEndpoint.INTROSPECTION).answer(Fault.body(answer).contentType(MEDIA_TYPE));
        return drill.judge(token);
    }

    /** Requesting a JWT response. */
    @Nested
    class Section4 {
        @Test
        void asksForASignedAnswer() {
            assertThat(drill.judge(drill.as().opaque())).isNull();
            RecordedRequest call =
                    drill.issuer.recorded(TestEndpoint.INTROSPECTION).get(0);
            assertThat(call.header("Accept")).contains(MEDIA_TYPE);
        }

        @Test
        void takesNoAnswerThatIsNotSigned() {
            drill.issuer.on(TestEndpoint.INTROSPECTION).answer(Fault.body("{\"active\":true}"));
            assertThat(drill.judge(drill.as().opaque())).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        }
    }

    /** JWT response. */
    @Nested
    class Section5 {
        @Test
        void takesWhatTheIssuerHasSigned() {
            assertThat(judge(answer -> answer)).isNull();
        }

        @Test
        void takesThatATokenIsNotActive() {
            assertThat(drill.judge("unknown")).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            assertThat(judge(answer -> answer.claim("token_introspection", Map.of("active", false))))
                    .isEqualTo(RefusalReason.TOKEN_INACTIVE);
        }

        @Test
        void judgesWhatIsAnsweredAsWithoutASignature() {
            String token = drill.as().opaque(drill.token().audience("https://other.example"));
            assertThat(drill.judge(token)).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        }

        @Test
        void takesItForTheNameThatTheIssuerHasForThisApiToo() {
            assertThat(judge(answer -> answer.audience("api"))).isNull();
            assertThat(judge(answer -> answer.audience("other", "api"))).isNull();
        }

        static Stream<UnaryOperator<TokenBuilder>> flaws() {
            return Stream.of(
                    answer -> answer.type("JWT"),
                    answer -> answer.type("at+jwt"),
                    answer -> answer.type(null),
                    answer -> answer.withoutHeader("typ"),
                    answer -> answer.issuer("https://other.example"),
                    answer -> answer.withoutClaim("iss"),
                    answer -> answer.audience("https://other.example"),
                    answer -> answer.withoutClaim("aud"),
                    answer -> answer.claim("aud", 1),
                    answer -> answer.withoutClaim("iat"),
                    answer -> answer.claim("iat", "now"),
                    answer -> answer.withoutClaim("token_introspection"),
                    answer -> answer.claim("token_introspection", "active"),
                    answer -> answer.claim("token_introspection", null),
                    answer -> answer.claim("token_introspection", List.of()),
                    answer -> answer.key(TestKey.generate(TestAlgorithm.ES256, "stranger")),
                    answer -> answer.header("kid", "nobody"),
                    answer -> answer.header("crit", List.of("exp")));
        }

        @ParameterizedTest
        @MethodSource("flaws")
        void rejectsASignedAnswerWithAFlaw(UnaryOperator<TokenBuilder> flaw) {
            assertThat(judge(flaw)).isEqualTo(RefusalReason.INTROSPECTION_INVALID);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a", "a.b.c", "a.b.c.d.e", "{\"active\":true}"})
        void rejectsAnAnswerThatIsNotSigned(String answer) {
            assertThat(judgeRaw(drill.as().opaque(), answer)).isEqualTo(RefusalReason.INTROSPECTION_INVALID);
        }

        @Test
        void rejectsAlgorithmNoneAndSharedSecrets() {
            String token = drill.as().opaque();
            assertThat(judgeRaw(token, drill.as().signedAnswer(token).unsigned("none")))
                    .isEqualTo(RefusalReason.INTROSPECTION_INVALID);
            byte[] publicKey = drill.issuer.currentKey().publicJwk().getBytes(StandardCharsets.UTF_8);
            assertThat(judgeRaw(token, drill.as().signedAnswer(token).signWith(publicKey, "HS256")))
                    .isEqualTo(RefusalReason.INTROSPECTION_INVALID);
        }

        @Test
        void rejectsAReplayedAnswer() {
            String token = drill.as().opaque(drill.token().expiresIn(Duration.ofHours(1)));
            String kept = drill.as().signedAnswer(token).sign();
            drill.advance(Duration.ofSeconds(60));
            assertThat(judgeRaw(token, kept)).isNull();
            String other = drill.as().opaque(drill.token().expiresIn(Duration.ofHours(1)));
            kept = drill.as().signedAnswer(other).sign();
            drill.advance(Duration.ofSeconds(61));
            assertThat(judgeRaw(other, kept)).isEqualTo(RefusalReason.INTROSPECTION_INVALID);
        }

        @Test
        void takesNoAnswerOfTheFuture() {
            assertThat(judge(answer -> answer.issuedAt(drill.clock.instant().plusSeconds(30))))
                    .isNull();
            assertThat(judge(answer -> answer.issuedAt(drill.clock.instant().plusSeconds(31))))
                    .isEqualTo(RefusalReason.INTROSPECTION_INVALID);
        }

        @Test
        void takesNoAnswerOfABannedKey() {
            drill.guard.banKey(drill.issuer.currentKey().kid());
            assertThat(drill.judge(drill.as().opaque())).isEqualTo(RefusalReason.INTROSPECTION_INVALID);
        }

        @Test
        void usesNoCachedAnswerOfAKeyThatWasBannedSince() {
            String token = drill.as().opaque();
            assertThat(drill.judge(token)).isNull();
            drill.guard.banKey(drill.issuer.currentKey().kid());
            assertThat(drill.judge(token)).isEqualTo(RefusalReason.INTROSPECTION_INVALID);
            drill.issuer.rotate();
            assertThat(drill.judge(token)).isNull();
        }

        @Test
        void cantTellWhileTheKeysForTheAnswerCantBeHad() {
            drill.issuer.on(TestEndpoint.JWKS).answer(Fault.status(500));
            drill.issuer.rotate();
            String answer = drill.as().signedAnswer("x").sign();
            assertThat(judgeRaw(drill.as().opaque(), answer)).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        }

        @Test
        void remembersNothingOfAnAnswerWithAFlawAndTellsTheOperator() {
            String token = drill.as().opaque();
            assertThat(judgeRaw(token, "a.b.c")).isEqualTo(RefusalReason.INTROSPECTION_INVALID);
            assertThat(drill.guard.health().introspection().get(0).lastFailure().orElseThrow())
                    .contains("not signed");
            drill.issuer.heal();
            assertThat(drill.judge(token)).isNull();
        }
    }

    /** Security considerations: cross-JWT confusion. */
    @Nested
    class Section81 {
        @Test
        void neverAcceptsASignedAnswerAsAnAccessToken() {
            String token = drill.as().opaque();
            String answer = drill.as().signedAnswer(token).sign();
            assertThat(reasonOf(drill.guard.decide(bearing(answer)))).isEqualTo(RefusalReason.TYPE_MISMATCH);
            String withAll = drill.token().type("token-introspection+jwt").sign();
            assertThat(reasonOf(drill.guard.decide(bearing(withAll)))).isEqualTo(RefusalReason.TYPE_MISMATCH);
        }

        @Test
        void neverTakesAnAccessTokenForAnAnswer() {
            String token = drill.as().opaque();
            String access = drill.token()
                    .claim("token_introspection", drill.as().active(drill.token()))
                    .sign();
            assertThat(judgeRaw(token, access)).isEqualTo(RefusalReason.INTROSPECTION_INVALID);
        }
    }
}
