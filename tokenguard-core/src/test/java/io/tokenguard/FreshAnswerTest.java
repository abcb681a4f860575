package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Route;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tokens that are asked about although they could be judged without: by route, and always. */
class FreshAnswerTest {
    private final IntrospectionDrill drill = IntrospectionDrill.usual();

    @AfterEach
    void stop() {
        drill.close();
    }

    private AccessToken good(String path, String token) {
        return ((Decision.Granted) drill.decide(path, token)).accessToken().orElseThrow();
    }

    private static IncomingRequest request(String path, String token) {
        return IncomingRequest.builder("GET", path)
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build();
    }

    @Nested
    class ByRoute {
        @Test
        void asksThoughAnAnswerIsRemembered() {
            String token = drill.as().opaque();
            assertThat(drill.judge(token)).isNull();
            drill.as().revoke(token);
            assertThat(drill.judge(token)).isNull();
            assertThat(drill.judge("/fresh", token)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            assertThat(drill.judge(token)).as("what was learnt is remembered").isEqualTo(RefusalReason.TOKEN_INACTIVE);
        }

        @Test
        void nothingOlderComesBackWhenWhatWasLearntIsForgotten() {
            String token = drill.as().opaque();
            assertThat(drill.judge(token)).isNull();
            drill.as().revoke(token);
            assertThat(drill.judge("/fresh", token)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            drill.advance(Duration.ofSeconds(11));
            assertThat(drill.judge(token)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
        }

        @Test
        void whatIsGoodNowTakesThePlaceOfWhatWasBad() {
            assertThat(drill.judge("late")).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            drill.as().answer("late", drill.as().active(drill.token()));
            assertThat(drill.judge("/fresh", "late")).isNull();
            assertThat(drill.judge("late")).isNull();
        }

        @Test
        void asksEachTime() {
            String token = drill.as().opaque();
            int before = drill.calls();
            for (int i = 0; i < 3; i++) {
                assertThat(drill.judge("/fresh", token)).isNull();
            }
            assertThat(drill.calls()).isEqualTo(before + 3);
        }

        @Test
        void asksAboutASignedTokenToo() {
            String token = drill.as().signed(drill.token());
            assertThat(drill.judge(token)).isNull();
            assertThat(drill.calls()).isZero();
            assertThat(drill.judge("/fresh", token)).isNull();
            drill.as().revoke(token);
            assertThat(drill.judge("/fresh", token)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            assertThat(drill.judge(token)).as("judged here").isNull();
        }

        @Test
        void judgesASignedTokenFirstAndAsksAboutNoBadOne() {
            String expired = drill.token()
                    .expiresAt(drill.clock.instant().minusSeconds(60))
                    .sign();
            assertThat(drill.judge("/fresh", expired)).isEqualTo(RefusalReason.EXPIRED);
            assertThat(drill.calls()).isZero();
        }

        @Test
        void cantTellWhileTheIssuerCantBeAsked() {
            String token = drill.as().opaque();
            assertThat(drill.judge(token)).isNull();
            drill.issuer.on(TestEndpoint.INTROSPECTION).answer(Fault.status(500));
            assertThat(drill.judge("/fresh", token)).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
            assertThat(drill.judge(token)).isNull();
        }

        @Test
        void asksWhereverTheWordStandsInARequirement() {
            try (TokenGuard guard = drill.describe(settings -> settings)
                    .routes(
                            Route.parse("/all role admin fresh"),
                            Route.parse("/any authenticated or fresh"),
                            Route.parse("/trial authenticated report-only fresh"))
                    .build()) {
                String token = drill.as().opaque();
                assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
                drill.as().revoke(token);
                assertThat(reasonOf(guard.decide(request("/trial", token)))).isNull();
                assertThat(reasonOf(guard.decide(request("/any", token)))).isEqualTo(RefusalReason.TOKEN_INACTIVE);
                assertThat(reasonOf(guard.decide(request("/all", token)))).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            }
        }

        @Test
        void asksAgainWithinARequestWhoseTokenWasGood() {
            String token = drill.as().opaque();
            AccessToken good = good("/orders", token);
            IncomingRequest forwarded = request("/fresh", token);
            assertThat(reasonOf(drill.guard.decideAgain(forwarded, good))).isNull();
            assertThat(reasonOf(drill.guard.decideAgain(forwarded, AccessRequirement.fresh(), good)))
                    .isNull();
            drill.as().revoke(token);
            assertThat(reasonOf(drill.guard.decideAgain(forwarded, good))).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            assertThat(reasonOf(drill.guard.decideAgain(
                            IncomingRequest.builder("GET", "/fresh").overTls().build(), good)))
                    .as("nothing to ask about")
                    .isEqualTo(RefusalReason.NO_CREDENTIALS);
        }

        @Test
        void asksAgainAboutASignedTokenToo() {
            String token = drill.as().signed(drill.token());
            AccessToken good = good("/orders", token);
            drill.as().revoke(token);
            assertThat(reasonOf(drill.guard.decideAgain(request("/fresh", token), good)))
                    .isEqualTo(RefusalReason.TOKEN_INACTIVE);
        }

        @Test
        void refusesTokensOfAnIssuerThatIsNotAsked() {
            try (TestIssuer other = TestIssuer.builder().clock(drill.clock).start();
                    TokenGuard guard = drill.describe(settings -> settings)
                            .issuer(GuardedIssuer.trusted(other).build())
                            .build()) {
                String token = other.token().sign();
                assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
                assertThat(reasonOf(guard.decide(request("/fresh", token)))).isEqualTo(RefusalReason.ANSWER_REQUIRED);
            }
        }
    }

    @Nested
    class Always {
        private final IntrospectionDrill always =
                new IntrospectionDrill(settings -> settings.mode(Introspection.Mode.ALWAYS));

        @AfterEach
        void stop() {
            always.close();
        }

        @Test
        void asksAboutSignedTokensToo() {
            String token = always.as().signed(always.token());
            String revoked = always.token().sign();
            assertThat(always.judge(token)).isNull();
            assertThat(always.judge(revoked)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
            always.as().revoke(token);
            always.advance(Duration.ofSeconds(15));
            assertThat(always.judge(token)).isEqualTo(RefusalReason.TOKEN_INACTIVE);
        }

        @Test
        void judgesThemHereAllTheSame() {
            String forged = always.as()
                    .signed(always.token()
                            .key(TestKey.generate(always.issuer.currentKey().algorithm(), "stranger")));
            assertThat(always.judge(forged)).isEqualTo(RefusalReason.KEY_UNKNOWN);
            assertThat(always.calls()).isZero();
        }

        @Test
        void asksWithoutARequestToo() throws RefusedException {
            String token = always.as().signed(always.token());
            assertThat(always.guard.validate(token).subject()).contains("alice");
            String revoked = always.token().sign();
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> always.guard.validate(revoked))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.TOKEN_INACTIVE));
        }

        @Test
        void cantTellWhileTheIssuerCantBeAsked() {
            always.issuer.on(TestEndpoint.INTROSPECTION).answer(Fault.status(500));
            assertThat(always.judge(always.as().signed(always.token())))
                    .isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
        }

        @Test
        void refusesAnAnswerThatSpeaksOfAnotherToken() {
            for (Map.Entry<String, Object> other : Map.<String, Object>of(
                            "sub", "mallory",
                            "client_id", "other",
                            "cnf", Map.of("jkt", "x".repeat(43)))
                    .entrySet()) {
                String token = always.as().signed(always.token());
                Map<String, Object> members = new HashMap<>(always.as().active(always.token()));
                members.put(other.getKey(), other.getValue());
                always.as().answer(token, members);
                assertThat(always.judge(token)).as(other.getKey()).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            }
        }

        @Test
        void stillAsksAboutOpaqueOnes() {
            assertThat(always.judge(always.as().opaque())).isNull();
        }
    }

    @Nested
    class SeveralIssuers {
        @Test
        void areToldApartByWhatTheirTokensBeginWith() {
            try (TestIssuer second = TestIssuer.builder().clock(drill.clock).start();
                    TokenGuard guard = drill.describe(settings -> settings)
                            .issuer(GuardedIssuer.trusted(second)
                                    .introspection(
                                            Introspection.at(second.introspectionUri(), IntrospectionDrill.CLIENT)
                                                    .tokenPrefix("sec.ond_"))
                                    .build())
                            .build()) {
                String first = drill.as().opaque();
                String other = second.introspection().opaque("sec.ond_", second.token());
                String dotted = other + ".x.y";
                second.introspection().answer(dotted, second.introspection().active(second.token()));
                assertThat(issuerOf(guard, first)).isEqualTo(drill.issuer.issuer());
                assertThat(issuerOf(guard, other)).isEqualTo(second.issuer());
                assertThat(issuerOf(guard, dotted)).isEqualTo(second.issuer());
                assertThat(issuerOf(guard, second.token().sign())).isEqualTo(second.issuer());
                assertThat(drill.calls()).isEqualTo(1);
            }
        }

        @Test
        void answerForTheirOwnTokensOnly() {
            try (TestIssuer second = TestIssuer.builder().clock(drill.clock).start();
                    TokenGuard guard = drill.describe(settings -> settings)
                            .issuer(GuardedIssuer.trusted(second)
                                    .introspection(
                                            Introspection.at(second.introspectionUri(), IntrospectionDrill.CLIENT)
                                                    .tokenPrefix("second_"))
                                    .build())
                            .build()) {
                String token = second.introspection().opaque("second_", drill.token());
                assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.ISSUER_MISMATCH);
            }
        }

        private String issuerOf(TokenGuard guard, String token) {
            Decision decision = guard.decide(bearing(token));
            assertThat(decision).isInstanceOf(Decision.Granted.class);
            return ((Decision.Granted) decision).accessToken().orElseThrow().issuer();
        }
    }

    /** Nothing is known but where to ask. */
    @Nested
    class OpaqueOnly {
        private TokenGuard guard() {
            return TokenGuard.builder()
                    .issuer(TrustedIssuer.opaque(
                                    Introspection.at(drill.issuer.introspectionUri(), IntrospectionDrill.CLIENT))
                            .audience(GuardedIssuer.AUDIENCE)
                            .build())
                    .clock(drill.clock)
                    .route("/orders authenticated")
                    .build();
        }

        @Test
        void asksAboutEveryTokenSignedOrNot() {
            assertThat(drill.guard.awaitReady(Duration.ofSeconds(30))).isTrue();
            drill.issuer.resetRequests();
            try (TokenGuard guard = guard()) {
                String signed = drill.as().signed(drill.token());
                assertThat(reasonOf(guard.decide(bearing(drill.as().opaque())))).isNull();
                assertThat(reasonOf(guard.decide(bearing(signed)))).isNull();
                assertThat(reasonOf(guard.decide(bearing(drill.token().sign()))))
                        .isEqualTo(RefusalReason.TOKEN_INACTIVE);
                assertThat(drill.issuer.requests(TestEndpoint.JWKS)).isZero();
                assertThat(guard.health().issuers()).isEmpty();
                assertThat(guard.health().isReady()).isTrue();
            }
        }

        @Test
        void passesOnWhomTheAnswerNames() {
            try (TokenGuard guard = guard()) {
                Decision.Granted granted =
                        (Decision.Granted) guard.decide(bearing(drill.as().opaque()));
                assertThat(granted.accessToken().orElseThrow().issuer()).isEqualTo(drill.issuer.issuer());
                String unnamed = drill.as().opaque(drill.token().withoutClaim("iss"));
                granted = (Decision.Granted) guard.decide(bearing(unnamed));
                assertThat(granted.accessToken().orElseThrow().issuer())
                        .isEqualTo(drill.issuer.introspectionUri().toString());
            }
        }
    }
}
