package io.tokenguard;

import static io.tokenguard.GuardedIssuer.AUDIENCE;
import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dialect;
import io.tokenguard.config.Revocations;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is revoked is refused from that moment on, whatever else is good about it; and nothing else is. */
class RevocationTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final String ISSUER = "https://issuer.example";
    private static final TestKey OTHER = TestKey.generate(TestAlgorithm.ES256, "other");
    private static final Duration DAY = Duration.ofHours(24);

    private final TestClock clock = TestClock.startingAt(NOW);
    private final TestIssuer issuer =
            TestIssuer.builder().clock(clock).algorithms(TestAlgorithm.ES256).start();
    private TokenGuard guard;

    @BeforeEach
    void start() {
        guard = settings().build();
    }

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    private TokenGuardBuilder settings() {
        return guarding(issuer).clock(clock).issuer(other());
    }

    private static TrustedIssuer other() {
        VerificationKey key = new VerificationKey("other", SignatureAlgorithm.ES256, OTHER.publicKey());
        return TrustedIssuer.builder(ISSUER)
                .audience(GuardedIssuer.AUDIENCE)
                .keys(key)
                .build();
    }

    private TokenBuilder token() {
        return issuer.token()
                .tokenId("id")
                .subject("alice")
                .clientId("app")
                .claim("sid", "session")
                .issuedAt(clock.instant())
                .expiresIn(Duration.ofHours(1));
    }

    private RefusalReason decide(String token) {
        return reasonOf(guard.decide(bearing(token)));
    }

    @Nested
    class EachKind {
        @Test
        void tokenByItsIdentifier() {
            bites(Revocation.token(issuer.issuer(), "id"), Revocation.token(issuer.issuer(), "other"));
        }

        @Test
        void tokenAsItIsPresented() {
            String token = token().sign();
            guard.revoke(Revocation.presented(token().sign() + "x"));
            guard.revoke(Revocation.presented(token().tokenId("other").sign()));
            guard.revoke(Revocation.presented(token));
            assertThat(decide(token)).isEqualTo(RefusalReason.REVOKED);
        }

        /** Of one signature anybody can make another one that is as good. */
        @Test
        void tokenUnderTheOtherSignatureThatIsAsGood() {
            String token = token().sign();
            String twin = withTheOtherSignature(token);
            assertThat(decide(twin)).isNull();
            guard.revoke(Revocation.presented(token));
            assertThat(twin).isNotEqualTo(token);
            assertThat(decide(twin)).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void tokenWithoutAnIdentifierAsItIsPresented() {
            try (TokenGuard lax = TokenGuard.builder()
                    .issuer(GuardedIssuer.trusted(issuer)
                            .dialect(Dialect.GENERIC)
                            .build())
                    .clock(clock)
                    .route("/orders authenticated")
                    .build()) {
                String token = token().withoutClaim("jti").withoutClaim("iat").sign();
                assertThat(reasonOf(lax.decide(bearing(token)))).isNull();
                lax.revoke(Revocation.presented(token));
                assertThat(reasonOf(lax.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
            }
        }

        @Test
        void session() {
            bites(Revocation.session(issuer.issuer(), "session"), Revocation.session(issuer.issuer(), "other"));
        }

        @Test
        void subject() {
            bites(Revocation.subject(issuer.issuer(), "alice"), Revocation.subject(issuer.issuer(), "bob"));
        }

        @Test
        void client() {
            bites(Revocation.client(issuer.issuer(), "app"), Revocation.client(issuer.issuer(), "other"));
        }

        @Test
        void issuerAsAWhole() {
            bites(Revocation.issuer(issuer.issuer()), Revocation.issuer(ISSUER));
        }

        private void bites(Revocation revocation, Revocation other) {
            String token = token().sign();
            guard.revoke(other);
            assertThat(decide(token)).isNull();
            guard.revoke(revocation);
            assertThat(decide(token)).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void ofTheSameNameAtAnotherIssuerIsAnother() {
            guard.revoke(Revocation.token(ISSUER, "id"));
            guard.revoke(Revocation.session(ISSUER, "session"));
            guard.revoke(Revocation.subject(ISSUER, "alice"));
            guard.revoke(Revocation.client(ISSUER, "app"));
            assertThat(decide(token().sign())).isNull();
        }
    }

    /** RFC 7518 §3.4, as group theory has it: what r and s sign, r and n - s sign too. */
    private static String withTheOtherSignature(String token) {
        int dot = token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        BigInteger order = new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);
        BigInteger s = new BigInteger(1, signature, 32, 32);
        byte[] other = order.subtract(s).toByteArray();
        for (int i = 0; i < 32; i++) {
            int from = other.length - 32 + i;
            signature[32 + i] = from < 0 ? 0 : other[from];
        }
        return token.substring(0, dot + 1)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    @Nested
    class IssuedBefore {
        @ParameterizedTest
        @ValueSource(strings = {"session", "subject", "client", "issuer", "token"})
        void hitsTokensThatWereIssuedEarlierAndNoLater(String kind) {
            Revocation revocation = switch (kind) {
                case "session" -> Revocation.session(issuer.issuer(), "session");
                case "subject" -> Revocation.subject(issuer.issuer(), "alice");
                case "client" -> Revocation.client(issuer.issuer(), "app");
                case "issuer" -> Revocation.issuer(issuer.issuer());
                default -> Revocation.token(issuer.issuer(), "id");
            };
            guard.revoke(revocation.issuedBefore(NOW));
            assertThat(decide(token().issuedAt(NOW.minusSeconds(1)).sign())).isEqualTo(RefusalReason.REVOKED);
            assertThat(decide(token().issuedAt(NOW).sign())).isNull();
        }

        @Test
        void goesByTheSecondThatAFractionIsIn() {
            guard.revoke(Revocation.subject(issuer.issuer(), "alice").issuedBefore(NOW));
            long second = NOW.getEpochSecond();
            assertThat(decide(token().claim("iat", second - 0.001).sign())).isEqualTo(RefusalReason.REVOKED);
            assertThat(decide(token().claim("iat", second + 0.5).sign())).isNull();
        }

        @Test
        void inTheFutureHitsTokensThatAreIssuedUntilThen() {
            guard.revoke(Revocation.subject(issuer.issuer(), "alice").issuedBefore(NOW.plusSeconds(600)));
            clock.advance(Duration.ofSeconds(599));
            assertThat(decide(token().sign())).isEqualTo(RefusalReason.REVOKED);
            clock.advance(Duration.ofSeconds(1));
            assertThat(decide(token().sign())).isNull();
        }

        /** The last token that it hits may be issued a moment before then, and live as long as any. */
        @Test
        void inTheFutureIsRememberedUntilTheLastOfThemIsOver() {
            guard.revoke(Revocation.subject(issuer.issuer(), "alice").issuedBefore(NOW.plus(DAY)));
            clock.advance(DAY.minusSeconds(1));
            String last = token().expiresIn(DAY).sign();
            clock.advance(DAY.plusSeconds(29));
            assertThat(decide(last)).isEqualTo(RefusalReason.REVOKED);
            clock.advance(Duration.ofSeconds(1));
            assertThat(decide(last)).isEqualTo(RefusalReason.EXPIRED);
        }

        @Test
        void hitsTokensThatDoNotSayWhen() {
            try (TokenGuard lax = TokenGuard.builder()
                    .issuer(GuardedIssuer.trusted(issuer)
                            .dialect(Dialect.GENERIC)
                            .build())
                    .clock(clock)
                    .route("/orders authenticated")
                    .build()) {
                lax.revoke(Revocation.subject(issuer.issuer(), "alice").issuedBefore(NOW.minusSeconds(3_600)));
                assertThat(reasonOf(
                                lax.decide(bearing(token().withoutClaim("iat").sign()))))
                        .isEqualTo(RefusalReason.REVOKED);
            }
        }
    }

    /** A revocation never expires before the tokens that it hits. */
    @Nested
    class Retention {
        private static final Duration FOR_A_SLOW_CLOCK = Duration.ofHours(1);

        /** In the local memory, and in what is written to a shared store. */
        @Test
        void lastsForFourHundredDaysIfTokensMayLiveAsLong() {
            DrilledRevocationStore shared = new DrilledRevocationStore();
            shared.sync();
            try (TokenGuard patient = TokenGuard.builder()
                    .issuer(GuardedIssuer.trusted(issuer)
                            .maxTokenLifetime(Duration.ofDays(400))
                            .build())
                    .clock(clock)
                    .revocations(Revocations.shared(shared))
                    .route("/orders authenticated")
                    .build()) {
                String token = token().expiresIn(Duration.ofDays(399)).sign();
                assertThat(reasonOf(patient.decide(bearing(token)))).isNull();
                patient.revoke(Revocation.token(issuer.issuer(), "id"));
                assertThat(shared.published())
                        .singleElement()
                        .satisfies(
                                revocation -> assertThat(revocation.forgetAt().orElseThrow())
                                        .isAfter(clock.instant().plus(Duration.ofDays(400))));
                clock.advance(Duration.ofDays(399).minusSeconds(1));
                assertThat(reasonOf(patient.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
            }
        }

        @Test
        void lastsUntilTheLongestLivedTokenIsOver() {
            clock.advance(Duration.ofSeconds(30));
            String fromAClockAhead = token().issuedAt(clock.instant().plusSeconds(30))
                    .expiresIn(DAY.plusSeconds(30))
                    .sign();
            guard.revoke(Revocation.token(issuer.issuer(), "id"));
            clock.advance(DAY.plusSeconds(59));
            assertThat(decide(fromAClockAhead)).isEqualTo(RefusalReason.REVOKED);
            clock.advance(Duration.ofSeconds(1));
            assertThat(decide(fromAClockAhead)).isEqualTo(RefusalReason.EXPIRED);
        }

        @Test
        void goesByTheLongestLifeOfAnyIssuer() {
            try (TokenGuard both = settings()
                    .issuer(TrustedIssuer.builder(ISSUER + "/long")
                            .audience(AUDIENCE)
                            .keysFrom((keyId, algorithm) -> {
                                throw new IllegalStateException("never asked");
                            })
                            .maxTokenLifetime(Duration.ofDays(2))
                            .build())
                    .build()) {
                both.revoke(Revocation.subject(issuer.issuer(), "alice"));
                clock.advance(Duration.ofDays(2).plusSeconds(59).plus(FOR_A_SLOW_CLOCK));
                assertThat(reasonOf(both.decide(bearing(token().sign())))).isEqualTo(RefusalReason.REVOKED);
                clock.advance(Duration.ofSeconds(1));
                assertThat(reasonOf(both.decide(bearing(token().sign())))).isNull();
            }
        }

        @Test
        void canBeLengthened() {
            guard.reconfigure(settings().revocations(Revocations.local().retention(Duration.ofDays(3))));
            guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
            clock.advance(Duration.ofDays(3).minusSeconds(1).plus(FOR_A_SLOW_CLOCK));
            assertThat(decide(token().sign())).isEqualTo(RefusalReason.REVOKED);
            clock.advance(Duration.ofSeconds(1));
            assertThat(decide(token().sign())).isNull();
        }

        @Test
        void canNotBeShortened() {
            TokenGuardBuilder shorter =
                    settings().revocations(Revocations.local().retention(DAY.plusSeconds(59)));
            assertThatThrownBy(shorter::build)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("tokenguard.revocation.retention is '86459s'")
                    .hasMessageContaining("set at least 1441m");
            settings()
                    .revocations(Revocations.local().retention(DAY.plusSeconds(60)))
                    .build()
                    .close();
        }

        @Test
        void goesByTheEndThatIsStated() {
            guard.revoke(Revocation.subject(issuer.issuer(), "alice").until(NOW.plusSeconds(600)));
            clock.advance(Duration.ofSeconds(599));
            assertThat(decide(token().sign())).isEqualTo(RefusalReason.REVOKED);
            clock.advance(Duration.ofSeconds(1));
            assertThat(decide(token().sign())).isNull();
        }

        @Test
        void isForeverWhereTheMomentOfIssueIsBeyondAllTime() {
            guard.revoke(Revocation.subject(issuer.issuer(), "alice").issuedBefore(Instant.MAX));
            clock.advance(Duration.ofDays(10_000));
            assertThat(decide(token().sign())).isEqualTo(RefusalReason.REVOKED);
        }

        /** Nobody revokes anything any more, and still what is over goes: while tokens are looked up, in the background. */
        @Test
        void endsInTheMemoryTooWhileRequestsComeIn() {
            guard.revoke(Revocation.token(issuer.issuer(), "other").until(NOW.plusSeconds(60)));
            clock.advance(Duration.ofHours(2));
            assertThat(decide(token().sign())).isNull();
            Awaitility.await().until(() -> guard.health().revocation().entries() == 0);
        }

        @Test
        void outlastsAReconfiguration() {
            String token = token().sign();
            guard.revoke(Revocation.presented(token));
            guard.reconfigure(settings());
            assertThat(decide(token)).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void outlastsAClockThatIsSetAheadAndBackAgain() {
            String token = token().sign();
            guard.revoke(Revocation.presented(token).until(NOW.plusSeconds(3_630)));
            clock.advance(Duration.ofHours(2).minusSeconds(1));
            guard.revoke(Revocation.issuer(ISSUER));
            clock.set(NOW);
            assertThat(decide(token)).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void outlastsAClockThatIsSetBack() {
            String token = token().sign();
            guard.revoke(Revocation.presented(token));
            clock.set(NOW.minusSeconds(20));
            assertThat(decide(token)).isEqualTo(RefusalReason.REVOKED);
        }
    }

    @Nested
    class OnEveryWay {
        @Test
        void tokensWithoutARequestAreLookedUp() throws RefusedException {
            String token = token().sign();
            assertThat(guard.validate(token).subject()).contains("alice");
            guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> guard.validate(token))
                    .matches(refused -> refused.reason() == RefusalReason.REVOKED);
        }

        @Test
        void boundTokensAreLookedUpBeforeTheirProofIsSpent() {
            DpopClient client = DpopClient.create();
            String token = token().boundTo(client.key()).sign();
            IncomingRequest request = request()
                    .header("Host", "api.example.com")
                    .header("Authorization", "DPoP " + token)
                    .header(
                            "DPoP",
                            client.proof("GET", "https://api.example.com/orders")
                                    .issuedAt(NOW)
                                    .forToken(token)
                                    .sign())
                    .build();
            guard.revoke(Revocation.presented(token).until(NOW.plusSeconds(10)));
            assertThat(reasonOf(guard.decide(request))).isEqualTo(RefusalReason.REVOKED);
            clock.advance(Duration.ofSeconds(10));
            assertThat(reasonOf(guard.decide(request))).isNull();
        }

        /** An accepted token may be revoked before the same request is decided again. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void aTokenThatWasFoundGoodIsLookedUpAgain(boolean byItsFingerprint) {
            String token = token().sign();
            AccessToken good = granted(token);
            IncomingRequest forwarded = request().build();
            assertThat(reasonOf(guard.decideAgain(forwarded, good))).isNull();
            guard.revoke(byItsFingerprint ? Revocation.presented(token) : Revocation.token(issuer.issuer(), "id"));
            assertThat(reasonOf(guard.decideAgain(forwarded, good))).isEqualTo(RefusalReason.REVOKED);
            assertThat(reasonOf(guard.decideAgain(forwarded, AccessRequirement.authenticated(), good)))
                    .isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void revokedTokensAreToldFromThoseThatDoNotReachTheirRights() {
            guard.revoke(Revocation.token(issuer.issuer(), "id"));
            Decision decision = guard.decide(bearing(token().sign()), AccessRequirement.scope("none"));
            assertThat(reasonOf(decision)).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void forgedTokensTellNothingOfWhatIsRevoked() {
            guard.revoke(Revocation.token(issuer.issuer(), "id"));
            String forged = token().sign().replaceFirst("\\.[^.]*$", ".AAAA");
            assertThat(decide(forged)).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }

        @Test
        void whereNoTokenIsNeededNoneIsLookedUp() {
            guard.revoke(Revocation.issuer(issuer.issuer()));
            assertThat(reasonOf(guard.decide(bearing(token().sign()), AccessRequirement.open())))
                    .isNull();
        }
    }

    private AccessToken granted(String token) {
        return ((Decision.Granted) guard.decide(bearing(token))).accessToken().orElseThrow();
    }

    /** Work that goes on for long after its request was granted. */
    @Nested
    class WhatGoesOn {
        private RefusalReason again(AccessToken good) {
            try {
                guard.validateAgain(good);
                return null;
            } catch (RefusedException refused) {
                return refused.reason();
            }
        }

        @Test
        void goesOnWhileItsTokenIsGood() {
            AccessToken good = granted(token().sign());
            clock.advance(Duration.ofMinutes(59));
            assertThatCode(() -> guard.validateAgain(good)).doesNotThrowAnyException();
        }

        @Test
        void endsWhenItsTokenIsOver() {
            AccessToken good = granted(token().sign());
            clock.advance(Duration.ofHours(1).plusSeconds(29));
            assertThat(again(good)).isNull();
            clock.advance(Duration.ofSeconds(1));
            assertThat(again(good)).isEqualTo(RefusalReason.EXPIRED);
        }

        @ParameterizedTest
        @MethodSource("io.tokenguard.RevocationTest#names")
        void endsWhenItsTokenIsRevoked(String kind) {
            String token = token().sign();
            AccessToken good = granted(token);
            guard.revoke(
                    switch (kind) {
                        case "session" -> Revocation.session(issuer.issuer(), "session");
                        case "subject" -> Revocation.subject(issuer.issuer(), "alice");
                        case "client" -> Revocation.client(issuer.issuer(), "app");
                        case "issuer" -> Revocation.issuer(issuer.issuer());
                        case "fingerprint" -> Revocation.presented(token);
                        default -> Revocation.token(issuer.issuer(), "id");
                    });
            assertThat(again(good)).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void endsWhenItsKeyIsBanned() {
            AccessToken good = granted(token().sign());
            guard.banKey(issuer.currentKey().kid());
            assertThat(again(good)).isEqualTo(RefusalReason.KEY_REFUSED);
        }

        @Test
        void endsWhenItsIssuerIsTrustedNoMore() {
            AccessToken good = granted(token().sign());
            guard.reconfigure(TokenGuard.builder()
                    .issuer(TrustedIssuer.builder(ISSUER)
                            .audience(AUDIENCE)
                            .keysFrom((keyId, algorithm) -> {
                                throw new IllegalStateException("never asked");
                            })
                            .build())
                    .clock(clock));
            assertThat(again(good)).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
        }
    }

    static Stream<String> names() {
        return Stream.of("token", "fingerprint", "session", "subject", "client", "issuer");
    }

    @Test
    void bitesOnThisNodeWhenTheCallReturns() {
        for (int i = 0; i < 1_000; i++) {
            String id = "at-once-" + i;
            String token = issuer.token().claim("jti", id).sign();
            assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
            guard.revoke(Revocation.token(issuer.issuer(), id));
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
        }
    }

    @Test
    void tellsHowManyRevocationsThereAre() {
        guard.revoke(Revocation.token(issuer.issuer(), "one"));
        guard.revoke(Revocation.token(issuer.issuer(), "one"));
        guard.revoke(Revocation.token(issuer.issuer(), "two"));
        assertThat(guard.health().revocation().entries()).isEqualTo(2);
    }
}
