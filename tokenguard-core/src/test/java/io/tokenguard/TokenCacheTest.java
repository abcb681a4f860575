package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static io.tokenguard.GuardedIssuer.trusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.TokenCache;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A token is checked in full once; what can change about it, on every use. */
class TokenCacheTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.RS256, "main");
    private static final TestKey OTHER = TestKey.generate(TestAlgorithm.RS256, "main");
    private static TestIssuer issuer;

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final CountedKey keys = new CountedKey(KEY);
    private final TokenGuard guard = describe(UnaryOperator.identity()).build();
    private final DpopClient client = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), clock);
    private final String token = issuer.token()
            .issuedAt(clock.instant())
            .expiresAt(clock.instant().plusSeconds(600))
            .claim("jti", "one")
            .sign();

    @BeforeAll
    static void start() {
        issuer = TestIssuer.builder().keys(KEY).start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @AfterEach
    void close() {
        guard.close();
    }

    private TokenGuardBuilder describe(UnaryOperator<TrustedIssuerBuilder> settings) {
        return TokenGuard.builder()
                .issuer(settings.apply(trusted(issuer).keysFrom(keys)).build())
                .clock(clock)
                .route("/orders authenticated");
    }

    private RefusalReason use(String presented) {
        return reasonOf(guard.decide(bearing(presented)));
    }

    /** Uses the token, and finds that it is remembered. */
    private void rememberToken() {
        assertThat(use(token)).isNull();
        assertThat(use(token)).isNull();
        assertThat(keys.verifications()).isOne();
    }

    @Test
    void verifiesASignatureOnceHoweverOftenTheTokenIsUsed() throws RefusedException {
        rememberToken();
        for (int i = 0; i < 100; i++) {
            assertThat(use(new String(token.toCharArray()))).isNull();
        }
        assertThat(reasonOf(guard.decide(
                        request().header("Authorization", "bearer   " + token).build())))
                .isNull();
        assertThat(guard.validate(token).tokenId()).hasValue("one");
        assertThat(keys.verifications()).isOne();
    }

    @Test
    void verifiesASignatureOnEachUseWhereNothingIsRemembered() {
        try (TokenGuard forgetful =
                describe(UnaryOperator.identity()).tokenCache(TokenCache.off()).build()) {
            assertThat(reasonOf(forgetful.decide(bearing(token)))).isNull();
            assertThat(reasonOf(forgetful.decide(bearing(token)))).isNull();
            assertThat(keys.verifications()).isEqualTo(2);
        }
    }

    @Test
    void handsOutTheSameTokenAsTheFirstTime() {
        Decision first = guard.decide(bearing(token));
        assertThat(guard.decide(bearing(token))).isEqualTo(first);
    }

    @Test
    void verifiesNoSignatureAnewWhereTheIssuerPublishesTheSameKeyOnceMore() {
        rememberToken();
        keys.publish(KEY.kid());
        assertThat(use(token)).isNull();
        assertThat(keys.verifications()).isOne();
    }

    /** O1. */
    @Test
    void knowsNoTokenByAPartOfIt() {
        rememberToken();
        for (int place = 0; place < token.length(); place++) {
            char other = token.charAt(place) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, place) + other + token.substring(place + 1);
            assertThat(use(changed)).as("changed at %d", place).isNotNull();
        }
    }

    /** O1. */
    @Test
    void knowsNoTokenThatIsWrittenInAnotherWay() {
        rememberToken();
        assertThat(use(token + "=")).isEqualTo(RefusalReason.TOKEN_MALFORMED);
        assertThat(use(token + " ")).isEqualTo(RefusalReason.CREDENTIAL_SYNTAX);
        assertThat(use(token + ", Bearer " + token)).isEqualTo(RefusalReason.CREDENTIAL_SYNTAX);
        assertThat(use("x " + token)).isEqualTo(RefusalReason.CREDENTIAL_SYNTAX);
    }

    /** O2. */
    @Test
    void isNotTakenInByWhatWasGoodForAnotherConfiguration() {
        rememberToken();
        guard.reconfigure(TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://other.example.com")
                        .keysFrom(keys)
                        .build())
                .clock(clock)
                .route("/orders authenticated"));
        assertThat(use(token)).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
    }

    /** O4. */
    @Nested
    class Lifetime {
        @Test
        void endsARememberedTokenAtItsExpiryAndTheSkew() {
            rememberToken();
            clock.advance(Duration.ofSeconds(629));
            assertThat(use(token)).isNull();
            clock.advance(Duration.ofSeconds(1));
            assertThat(use(token)).isEqualTo(RefusalReason.EXPIRED);
            assertThat(use(token)).isEqualTo(RefusalReason.EXPIRED);
        }

        @Test
        void endsARememberedTokenAtTheGreatestAgeOfItsIssuer() {
            guard.reconfigure(describe(trusted -> trusted.maxTokenAge(Duration.ofSeconds(60))));
            rememberToken();
            clock.advance(Duration.ofSeconds(89));
            assertThat(use(token)).isNull();
            clock.advance(Duration.ofSeconds(1));
            assertThat(use(token)).isEqualTo(RefusalReason.MAX_AGE_EXCEEDED);
        }

        @Test
        void refusesARememberedTokenBeforeItsTimeWhereTheClockIsSetBack() {
            rememberToken();
            clock.advance(Duration.ofSeconds(-31));
            assertThat(use(token)).isEqualTo(RefusalReason.ISSUED_IN_FUTURE);
        }

        /** A token that was refused is no token that was found good. */
        @Test
        void remembersNoTokenThatIsNotInTime() {
            String early = issuer.token()
                    .issuedAt(clock.instant())
                    .claim("nbf", clock.instant().plusSeconds(40).getEpochSecond())
                    .expiresAt(clock.instant().plusSeconds(600))
                    .sign();
            assertThat(use(early)).isEqualTo(RefusalReason.NOT_YET_VALID);
            assertThat(use(early)).isEqualTo(RefusalReason.NOT_YET_VALID);
            assertThat(keys.verifications()).isEqualTo(2);
        }
    }

    /** O5. */
    @Test
    void refusesARememberedTokenAtOnceWhenItIsRevoked() {
        rememberToken();
        guard.revoke(Revocation.subject(issuer.issuer(), "somebody else"));
        assertThat(use(token)).isNull();
        guard.revoke(Revocation.token(issuer.issuer(), "one"));
        assertThat(use(token)).isEqualTo(RefusalReason.REVOKED);
        assertThat(use(token)).isEqualTo(RefusalReason.REVOKED);
        assertThat(keys.verifications()).isOne();
    }

    /** O6. */
    @Nested
    class Keys {
        @Test
        void refusesARememberedTokenOfAKeyThatWasWithdrawn() {
            rememberToken();
            keys.withdraw();
            assertThat(use(token)).isEqualTo(RefusalReason.KEY_UNKNOWN);
            keys.publish(KEY.kid());
            assertThat(use(token)).isNull();
        }

        @Test
        void refusesARememberedTokenWhereAnotherKeyHasTheNameNow() {
            rememberToken();
            keys.publishInstead(OTHER);
            assertThat(use(token)).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }

        @Test
        void refusesARememberedTokenOfABannedKey() {
            rememberToken();
            guard.banKey(KEY.kid());
            assertThat(use(token)).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    /** O7. */
    @Nested
    class Possession {
        private final String bound = issuer.token()
                .issuedAt(clock.instant())
                .expiresAt(clock.instant().plusSeconds(600))
                .boundTo(client.key())
                .sign();

        private RefusalReason useWithProof() {
            return reasonOf(guard.decide(request()
                    .authority("api.example.com")
                    .header("Authorization", "DPoP " + bound)
                    .header(
                            "DPoP",
                            client.proof("GET", "https://api.example.com/orders")
                                    .forToken(bound)
                                    .sign())
                    .build()));
        }

        @Test
        void demandsAProofOfItsOwnForEachUse() {
            assertThat(useWithProof()).isNull();
            assertThat(useWithProof()).isNull();
            assertThat(keys.verifications()).isOne();
            assertThat(reasonOf(guard.decide(
                            request().header("Authorization", "DPoP " + bound).build())))
                    .isEqualTo(RefusalReason.PROOF_INVALID);
            assertThat(use(bound)).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
        }

        @Test
        void remembersNoTokenThatCameWithoutItsProof() {
            assertThat(use(bound)).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
            assertThat(use(bound)).isEqualTo(RefusalReason.BINDING_DOWNGRADE);
            assertThat(keys.verifications()).isEqualTo(2);
        }

        @Test
        void confirmsNothingThatWasProvenForAnEarlierRequest() {
            assertThat(useWithProof()).isNull();
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> guard.validate(bound))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.BINDING_DOWNGRADE));
        }
    }

    @Test
    void asksTheRouteAgainOnEachUse() {
        guard.reconfigure(describe(UnaryOperator.identity()).route("/admin scope admin"));
        rememberToken();
        assertThat(reasonOf(guard.decide(IncomingRequest.builder("GET", "/admin")
                        .overTls()
                        .header("Authorization", "Bearer " + token)
                        .build())))
                .isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
    }

    /** The operator is told who it was, as he would be of a token that is checked in full. */
    @Test
    void tellsTheSameOfARefusalAsWithoutAMemory() {
        rememberToken();
        clock.advance(Duration.ofHours(1));
        Decision.Refused remembered = (Decision.Refused) guard.decide(bearing(token));
        try (TokenGuard forgetful =
                describe(UnaryOperator.identity()).tokenCache(TokenCache.off()).build()) {
            Decision.Refused otherwise = (Decision.Refused) forgetful.decide(bearing(token));
            assertThat(AttackedGuard.withoutId(remembered.refusal()))
                    .isEqualTo(AttackedGuard.withoutId(otherwise.refusal()));
            assertThat(remembered.challenge().wwwAuthenticate())
                    .isEqualTo(otherwise.challenge().wwwAuthenticate());
        }
    }

    /** O10. */
    @Test
    void servesMoreTokensThanItRemembers() {
        guard.reconfigure(
                describe(UnaryOperator.identity()).tokenCache(TokenCache.on().maxEntries(100)));
        for (int i = 0; i < 300; i++) {
            assertThat(use(issuer.token()
                            .issuedAt(clock.instant())
                            .expiresAt(clock.instant().plusSeconds(600))
                            .claim("jti", "token-" + i)
                            .sign()))
                    .isNull();
        }
    }

    /** O11. */
    @Test
    void remembersWhatNobodyCanAlter() throws RefusedException {
        rememberToken();
        AccessToken found = guard.validate(token);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> found.claims().put("scope", "admin"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> found.scopes().add("admin"));
    }
}
