package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.Dpop;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 9470, in its order. Sections 4, 5 and 7 are about clients and authorization servers. */
class StepUpTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static TestIssuer issuer;
    private static TokenGuard guard;

    @BeforeAll
    static void start() {
        TestClock clock = TestClock.startingAt(NOW);
        issuer = TestIssuer.builder().clock(clock).start();
        guard = guarding(issuer)
                .clock(clock)
                .acrOrder("bronze", "silver", "gold")
                .dpop(Dpop.off())
                .route("/acr acr myACR")
                .route("/age max-age 5")
                .route("/both scope pay acr silver,phr max-age 300")
                .route("/clerk role clerk acr gold")
                .build();
    }

    @AfterAll
    static void stop() {
        guard.close();
        issuer.close();
    }

    private static Decision decide(String path, String token) {
        return guard.decide(IncomingRequest.builder("GET", path)
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private static Challenge challenge(String path, String token) {
        return ((Decision.Refused) decide(path, token)).challenge();
    }

    private static TokenBuilder authenticated(String acr, Duration ago) {
        return issuer.token()
                .scope("pay")
                .claim("acr", acr)
                .claim("auth_time", NOW.minus(ago).getEpochSecond());
    }

    /** Section 2, steps 1 to 6: refused, told what is needed, back with a token that has it, served. */
    @Nested
    class Section2 {
        @Test
        void servesTheClientThatComesBackWithWhatTheChallengeAskedFor() {
            String weak = authenticated("bronze", Duration.ofHours(1)).sign();
            String asked = challenge("/both", weak).wwwAuthenticate().get(0);
            String acr = asked.replaceAll(".*acr_values=\"([^ \"]*).*", "$1");
            long age = Long.parseLong(asked.replaceAll(".*max_age=\"(\\d+)\".*", "$1"));
            assertThat(reasonOf(decide("/both", weak))).isEqualTo(RefusalReason.STEP_UP_REQUIRED);
            assertThat(reasonOf(decide(
                            "/both", authenticated(acr, Duration.ofSeconds(age)).sign())))
                    .isNull();
        }
    }

    @Nested
    class Section3 {
        @Test
        void answersTooWeakAnAuthenticationWith401TheErrorAndTheValues() {
            Challenge challenge = challenge("/acr", issuer.token().sign());
            assertThat(challenge.status()).isEqualTo(401);
            assertThat(challenge.wwwAuthenticate())
                    .containsExactly("Bearer realm=\"api\", error=\"insufficient_user_authentication\","
                            + " error_description=\"A stronger or more recent authentication is required\","
                            + " acr_values=\"myACR\"");
        }

        @Test
        void answersTooOldAnAuthenticationWith401TheErrorAndTheAge() {
            Challenge challenge = challenge(
                    "/age", authenticated("gold", Duration.ofSeconds(6)).sign());
            assertThat(challenge.status()).isEqualTo(401);
            assertThat(challenge.wwwAuthenticate())
                    .containsExactly("Bearer realm=\"api\", error=\"insufficient_user_authentication\","
                            + " error_description=\"A stronger or more recent authentication is required\","
                            + " max_age=\"5\"");
        }

        @Test
        void namesValuesInOrderOfPreferenceAndTheAgeTogether() {
            assertThat(challenge("/both", issuer.token().scope("pay").sign()).wwwAuthenticate())
                    .singleElement()
                    .asString()
                    .endsWith(", acr_values=\"silver phr\", max_age=\"300\"");
        }

        @Test
        void repeatsTheErrorInTheBodyAndKeepsItOutOfCaches() {
            Challenge challenge = challenge("/acr", issuer.token().sign());
            assertThat(challenge.body()).isEqualTo("{\"error\":\"insufficient_user_authentication\"}");
            assertThat(challenge.headers()).containsEntry("Cache-Control", List.of("no-store"));
        }

        @Test
        void namesTheScopeThatMayBeLackingTooSoThatBothAreAskedForAtOnce() {
            Challenge challenge = challenge("/both", issuer.token().sign());
            assertThat(challenge.status()).isEqualTo(401);
            assertThat(challenge.wwwAuthenticate().get(0))
                    .contains("insufficient_user_authentication")
                    .endsWith(", scope=\"pay\", acr_values=\"silver phr\", max_age=\"300\"");
            String strong =
                    authenticated("gold", Duration.ZERO).withoutClaim("scope").sign();
            assertThat(reasonOf(decide("/both", strong))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
        }

        /** Nobody is sent to log in again for a request that would be refused all the same. */
        @Test
        void asksForNoAuthenticationWhereThatWouldNotHelp() {
            assertThat(reasonOf(decide("/clerk", issuer.token().sign()))).isEqualTo(RefusalReason.ROLE_INSUFFICIENT);
        }
    }

    @Nested
    class Section61 {
        @Test
        void readsHowTheUserAuthenticatedFromAcr() {
            assertThat(reasonOf(
                            decide("/acr", authenticated("myACR", Duration.ZERO).sign())))
                    .isNull();
            assertThat(reasonOf(
                            decide("/acr", authenticated("other", Duration.ZERO).sign())))
                    .isEqualTo(RefusalReason.STEP_UP_REQUIRED);
        }

        @Test
        void readsWhenFromAuthTimeAndNotFromTheTimeOfIssue() {
            assertThat(reasonOf(decide(
                            "/age", authenticated("x", Duration.ofSeconds(5)).sign())))
                    .isNull();
            assertThat(reasonOf(decide("/age", issuer.token().issuedAt(NOW).sign())))
                    .isEqualTo(RefusalReason.STEP_UP_REQUIRED);
        }

        @Test
        void takesAWayThatIsDeclaredToBeStronger() {
            assertThat(reasonOf(
                            decide("/both", authenticated("gold", Duration.ZERO).sign())))
                    .isNull();
            assertThat(reasonOf(decide(
                            "/both", authenticated("bronze", Duration.ZERO).sign())))
                    .isEqualTo(RefusalReason.STEP_UP_REQUIRED);
        }
    }

    @Nested
    class Section9 {
        @Test
        void tellsWhatIsDemandedOnlyToWhoeverHoldsAGoodToken() {
            List<String> bad = List.of(
                    "junk",
                    authenticated("bronze", Duration.ZERO).audience("other").sign(),
                    authenticated("bronze", Duration.ZERO)
                            .expiresAt(NOW.minusSeconds(60))
                            .sign(),
                    issuer.token().unsigned("none"));
            assertThat(bad)
                    .allSatisfy(token -> assertThat(
                                    challenge("/both", token).wwwAuthenticate().get(0))
                            .contains("error=\"invalid_token\"")
                            .doesNotContain("acr_values", "max_age", "insufficient"));
        }

        @Test
        void tellsNothingOfItWhereNoTokenCame() {
            var anonymous = IncomingRequest.builder("GET", "/acr").overTls().build();
            assertThat(((Decision.Refused) guard.decide(anonymous)).challenge().wwwAuthenticate())
                    .containsExactly("Bearer realm=\"api\"");
        }
    }
}
