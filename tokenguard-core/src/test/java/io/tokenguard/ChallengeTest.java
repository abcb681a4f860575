package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Decision.Challenge;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.config.Dpop;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** RFC 6750 §3, in its order. What RFC 9449 §7.1 adds is left out here. */
@ExtendWith(TestIssuerExtension.class)
class ChallengeTest {
    private static TokenGuard guard;
    private static TestIssuer issuer;

    @BeforeAll
    static void start(TestIssuer started) {
        issuer = started;
        guard = guarding(issuer)
                .realm("shop")
                .dpop(Dpop.off())
                .route("/scoped scope orders:read,orders:write any-scope reports:read,reports:admin")
                .build();
    }

    @AfterAll
    static void stop() {
        guard.close();
    }

    private static Challenge challenge(String path, String... authorization) {
        IncomingRequest.Builder request = IncomingRequest.builder("GET", path).overTls();
        for (String value : authorization) {
            request.header("Authorization", value);
        }
        return ((Decision.Refused) guard.decide(request.build())).challenge();
    }

    @Nested
    class Section3 {
        @Test
        void namesTheRealmAndNoErrorWhereNoCredentialsCame() {
            assertThat(challenge("/orders").wwwAuthenticate()).containsExactly("Bearer realm=\"shop\"");
        }

        @Test
        void namesTheLeastScopeThatIsEnoughWhereTheRouteIsKnown() {
            assertThat(challenge("/scoped").wwwAuthenticate())
                    .containsExactly("Bearer realm=\"shop\", scope=\"orders:read orders:write reports:read\"");
        }
    }

    @Nested
    class Section31 {
        @Test
        void answersAMalformedRequestWith400AndInvalidRequest() {
            Challenge challenge = challenge("/orders", "Bearer a, Bearer b");
            assertThat(challenge.status()).isEqualTo(400);
            assertThat(challenge.wwwAuthenticate())
                    .containsExactly("Bearer realm=\"shop\", error=\"invalid_request\","
                            + " error_description=\"Send one access token, once, in the Authorization header\"");
        }

        @Test
        void answersABadTokenWith401AndInvalidToken() {
            Challenge challenge = challenge(
                    "/scoped", "Bearer " + issuer.token().audience("other").sign());
            assertThat(challenge.status()).isEqualTo(401);
            assertThat(challenge.wwwAuthenticate())
                    .containsExactly("Bearer realm=\"shop\", error=\"invalid_token\","
                            + " error_description=\"The access token is not meant for this resource\"");
        }

        @Test
        void answersTooSmallAGrantWith403AndTheScopeThatIsEnough() {
            Challenge challenge =
                    challenge("/scoped", "Bearer " + issuer.token().sign());
            assertThat(challenge.status()).isEqualTo(403);
            assertThat(challenge.wwwAuthenticate())
                    .containsExactly("Bearer realm=\"shop\", error=\"insufficient_scope\","
                            + " error_description=\"The access token does not grant access to this resource\","
                            + " scope=\"orders:read orders:write reports:read\"");
        }
    }

    @Nested
    class UniformMode {
        @Test
        void answersEveryBadTokenWithTheSameBytes() {
            try (TokenGuard uniform =
                    guarding(issuer).uniformRefusals().dpop(Dpop.off()).build()) {
                assertThat(List.of(
                                "junk",
                                issuer.token().audience("other").sign(),
                                issuer.token().expiresAt(Instant.EPOCH).sign(),
                                issuer.token().header("kid", "unknown").sign(),
                                issuer.token().unsigned("none")))
                        .extracting(token -> uniform.decide(GuardedIssuer.bearing(token)))
                        .extracting(decision -> ((Decision.Refused) decision).challenge())
                        .containsOnly(new Challenge(
                                401,
                                Map.of(
                                        "Cache-Control", List.of("no-store"),
                                        "Content-Type", List.of("application/json"),
                                        "WWW-Authenticate",
                                                List.of("Bearer realm=\"api\", error=\"invalid_token\","
                                                        + " error_description=\"The access token is not acceptable\"")),
                                "{\"error\":\"invalid_token\"}"));
            }
        }
    }

    @Nested
    class Section53 {
        @Test
        void forbidsTheAnswerToBeStored() {
            assertThat(challenge("/orders").headers().get("Cache-Control")).containsExactly("no-store");
        }
    }
}
