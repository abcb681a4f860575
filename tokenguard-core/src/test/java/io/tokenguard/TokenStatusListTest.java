package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.StatusLists;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Token Status List (draft-ietf-oauth-status-list), in its order, over sockets. */
class TokenStatusListTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "main");

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final TestIssuer issuer =
            TestIssuer.builder().keys(KEY).clock(clock).path("/as").start();
    private TokenGuard guard = guard(StatusLists.supported());

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    private TokenGuard guard(StatusLists settings) {
        return GuardedIssuer.guarding(issuer).clock(clock).statusLists(settings).build();
    }

    private void restart(StatusLists settings) {
        guard.close();
        guard = guard(settings);
    }

    private RefusalReason judge(TokenBuilder token) {
        return reasonOf(guard.decide(bearing(token.sign())));
    }

    /** Serves another list in the place of the honest one. */
    private void serve(UnaryOperator<TokenBuilder> change) {
        issuer.on(TestEndpoint.STATUS_LIST)
                .answer(Fault.body(change.apply(issuer.statusList()).sign()));
    }

    private RefusalReason judgeWith(UnaryOperator<TokenBuilder> change) {
        serve(change);
        return judge(issuer.tokenWithStatus(7));
    }

    @Nested
    class ListTokens_5_1 {
        @Test
        void areTakenAsTheTestkitMakesThem() {
            assertThat(judgeWith(list -> list)).isNull();
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"JWT", "at+jwt", "statuslist+cwt"})
        void areOfATypeOfTheirOwn(String type) {
            assertThat(judgeWith(list -> list.type(type))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"sub", "iat", "status_list"})
        void haveAllThatIsRequired(String claim) {
            assertThat(judgeWith(list -> list.withoutClaim(claim))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void areAboutTheAddressThatTheTokenNames() {
            assertThat(judgeWith(list -> list.subject(issuer.statusListUri() + "/2")))
                    .isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void areOfTheIssuerOfTheTokenWhereTheySayWhose() {
            assertThat(judgeWith(list -> list.issuer("https://other.example")))
                    .isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void needNotSayWhoseTheyAre() {
            assertThat(judgeWith(list -> list.withoutClaim("iss"))).isNull();
        }

        @Test
        void areSignedByTheIssuer() {
            TestKey stranger = TestKey.generate(TestAlgorithm.ES256, "main");
            assertThat(judgeWith(list -> list.key(stranger))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void areSignedAtAll() {
            issuer.on(TestEndpoint.STATUS_LIST)
                    .answer(Fault.body(issuer.statusList().unsigned("none")));
            assertThat(judge(issuer.tokenWithStatus(7))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void areIntact() {
            issuer.on(TestEndpoint.STATUS_LIST)
                    .answer(Fault.body(CompactToken.parse(issuer.statusList().sign())
                            .flipBit(5)
                            .compact()));
            assertThat(judge(issuer.tokenWithStatus(7))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void areNotOver() {
            assertThat(judgeWith(list -> list.expiresAt(clock.instant().minusSeconds(30))))
                    .isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void areNotOfTheFuture() {
            assertThat(judgeWith(list -> list.issuedAt(clock.instant().plusSeconds(31))))
                    .isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 3, 5, 16, -1})
        void haveOneTwoFourOrEightBits(int bits) {
            assertThat(judgeWith(list -> list.claim("status_list", Map.of("bits", bits, "lst", "eNrbuRgAAhcBXQ"))))
                    .isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "eNrbuRgAAhcBXQ==", "eNrbuRgAAhcB", "AAAA", "eNrbuRgAAhcBXQAA"})
        void haveACompressedList(String lst) {
            assertThat(judgeWith(list -> list.claim("status_list", Map.of("bits", 1, "lst", lst))))
                    .isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1})
        void liveForAPositiveTime(int ttl) {
            assertThat(judgeWith(list -> list.claim("ttl", ttl))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void areNoLargerThanIsAllowed() {
            restart(StatusLists.supported().largest(1024));
            assertThat(judge(issuer.tokenWithStatus(7))).isNull();
            restart(StatusLists.supported().largest(1024));
            // 2 KiB of zeros.
            assertThat(judgeWith(list ->
                            list.claim("status_list", Map.of("bits", 1, "lst", "eNpjYBgFo2AUjIJRMApGwUgDAAgAAAE"))))
                    .isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }
    }

    @Nested
    class ReferencedTokens_6_2 {
        @Test
        void withoutAStatusAreGoodUnlessOneIsRequired() {
            assertThat(judge(issuer.token())).isNull();
            restart(StatusLists.required());
            assertThat(judge(issuer.token())).isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(judge(issuer.tokenWithStatus(7))).isNull();
        }

        @Test
        void mayHaveAnotherClaimOfThatName() {
            assertThat(judge(issuer.token().claim("status", "active"))).isNull();
        }

        @Test
        void nameNothingElseThanAList() {
            assertThat(judge(issuer.token().claim("status", Map.of()))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(judge(issuer.token().claim("status", Map.of("identifier_list", Map.of("id", "1")))))
                    .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        }

        @Test
        void nameAPlaceAndAnAddress() {
            assertThat(named("idx", -1)).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(named("idx", "7")).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(named("idx", 7.5)).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(named("idx", null)).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(named("uri", 7)).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(named("uri", "not an address")).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(named("uri", "https://a.example/" + "x".repeat(2048))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://other.example/statuslists/1",
                    "http://169.254.169.254/latest",
                    "file:///etc/passwd",
                    "relative",
                    "mailto:a@b.example",
                    "http://user@127.0.0.1/statuslists/1"
                })
        void nameAListOfTheirIssuer(String address) {
            assertThat(named("uri", address)).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        private RefusalReason named(String member, Object value) {
            Map<String, Object> reference =
                    new HashMap<>(Map.of("idx", 7, "uri", issuer.statusListUri().toString()));
            reference.put(member, value);
            return judge(issuer.token().claim("status", Map.of("status_list", reference)));
        }

        /** Whether a list was asked for at all, the reason does not tell. */
        private String detailOf(String address) {
            TokenBuilder token =
                    issuer.token().claim("status", Map.of("status_list", Map.of("idx", 7, "uri", address)));
            return guard.decide(bearing(token.sign())) instanceof Decision.Refused refused
                    ? refused.refusal().detail()
                    : "granted";
        }

        @Test
        void mayNameAListWhereThatWasSet() {
            try (TestIssuer elsewhere =
                    TestIssuer.builder().keys(KEY).clock(clock).start()) {
                String address = elsewhere.statusListUri().toString().replace("127.0.0.1", "localhost");
                elsewhere
                        .on(TestEndpoint.STATUS_LIST)
                        .answer(Fault.body(issuer.statusList().subject(address).sign()));
                TokenBuilder token =
                        issuer.token().claim("status", Map.of("status_list", Map.of("idx", 7, "uri", address)));
                assertThat(detailOf(address)).endsWith("not allowed");
                assertThat(elsewhere.requests(TestEndpoint.STATUS_LIST)).isZero();
                restart(StatusLists.supported().at(URI.create(address.replace("/1", "/"))));
                assertThat(judge(token)).isNull();
                for (String evasion : List.of("../statuslists/1", "%2e%2e/1", "..%2f1")) {
                    assertThat(detailOf(address.replace("/1", "/" + evasion))).endsWith("not allowed");
                }
                assertThat(elsewhere.requests(TestEndpoint.STATUS_LIST)).isEqualTo(1);
            }
        }
    }

    @Nested
    class StatusTypes_7_1 {
        @Test
        void validIsGoodAndAllOthersAreNot() {
            assertThat(judge(issuer.tokenWithStatus(7))).isNull();
            restart(StatusLists.supported());
            issuer.setStatus(8, 1);
            issuer.setStatus(9, 2);
            issuer.setStatus(10, 3);
            assertThat(judge(issuer.tokenWithStatus(7))).isNull();
            for (int index : List.of(8, 9, 10)) {
                assertThat(judge(issuer.tokenWithStatus(index))).isEqualTo(RefusalReason.REVOKED);
            }
        }

        @Test
        void ofATokenThatIsNoGoodAreNotLookedAt() {
            issuer.setStatus(8, 1);
            assertThat(judge(issuer.tokenWithStatus(8)
                            .expiresIn(Duration.ofHours(-1))
                            .issuedAt(clock.instant().minus(Duration.ofHours(2)))))
                    .isEqualTo(RefusalReason.EXPIRED);
            assertThat(issuer.requests(TestEndpoint.STATUS_LIST)).isZero();
        }

        @Test
        void areNotLookedAtWhereThatIsSwitchedOff() {
            restart(StatusLists.off());
            issuer.setStatus(8, 1);
            assertThat(judge(issuer.tokenWithStatus(8))).isNull();
            assertThat(issuer.requests(TestEndpoint.STATUS_LIST)).isZero();
        }
    }

    @Nested
    class Requests_8_1 {
        @Test
        void askForTheMediaTypeOnce() {
            for (int i = 0; i < 20; i++) {
                assertThat(judge(issuer.tokenWithStatus(i))).isNull();
            }
            assertThat(issuer.recorded(TestEndpoint.STATUS_LIST))
                    .singleElement()
                    .satisfies(request -> assertThat(request.header("Accept")).contains("application/statuslist+jwt"));
        }

        @Test
        void followNoRedirect() {
            issuer.on(TestEndpoint.STATUS_LIST).answer(Fault.redirectTo(issuer.statusListUri()));
            assertThat(judge(issuer.tokenWithStatus(7))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void areGivenUpWhereNoAnswerEnds() {
            issuer.on(TestEndpoint.STATUS_LIST).answer(Fault.endless());
            assertThat(judge(issuer.tokenWithStatus(7))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void areNotRepeatedForEachTokenWhileTheyFail() {
            issuer.on(TestEndpoint.STATUS_LIST).answer(Fault.status(500));
            for (int i = 0; i < 50; i++) {
                assertThat(judge(issuer.tokenWithStatus(7))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
            }
            assertThat(issuer.requests(TestEndpoint.STATUS_LIST)).isEqualTo(1);
            issuer.heal();
            clock.advance(Duration.ofSeconds(5));
            await().until(() -> judge(issuer.tokenWithStatus(7)) == null);
        }
    }

    @Nested
    class Validation_8_3 {
        @Test
        void failsOutsideOfTheList() {
            assertThat(judge(issuer.tokenWithStatus(4095))).isNull();
            serve(list -> list.claim("status_list", Map.of("bits", 1, "lst", "eNrbuRgAAhcBXQ")));
            restart(StatusLists.supported());
            assertThat(judge(issuer.tokenWithStatus(1))).isNull();
            assertThat(judge(issuer.tokenWithStatus(0))).isEqualTo(RefusalReason.REVOKED);
            assertThat(judge(issuer.tokenWithStatus(16))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void seesAWithdrawalOnceTheListIsOld() {
            TokenBuilder token = issuer.tokenWithStatus(7).expiresIn(Duration.ofHours(1));
            assertThat(judge(token)).isNull();
            issuer.setStatus(7, 1);
            assertThat(judge(token)).isNull();
            clock.advance(Duration.ofMinutes(4));
            await().until(() -> judge(token) == RefusalReason.REVOKED);
        }

        @Test
        void letsTheIssuerShortenTheTimeToAQuarterOfAMinute() {
            serve(list -> list.claim("ttl", 1));
            TokenBuilder token = issuer.tokenWithStatus(7).expiresIn(Duration.ofHours(1));
            assertThat(judge(token)).isNull();
            issuer.heal();
            issuer.setStatus(7, 1);
            clock.advance(Duration.ofSeconds(10));
            assertThat(judge(token)).isNull();
            clock.advance(Duration.ofSeconds(5));
            await().until(() -> judge(token) == RefusalReason.REVOKED);
        }

        @Test
        void goesByTheLastGoodListThroughAnOutage() {
            TokenBuilder token = issuer.tokenWithStatus(7).expiresIn(Duration.ofHours(3));
            TokenBuilder withdrawn = issuer.tokenWithStatus(8).expiresIn(Duration.ofHours(3));
            issuer.setStatus(8, 1);
            assertThat(judge(token)).isNull();
            issuer.on(TestEndpoint.STATUS_LIST).answer(Fault.status(503));
            clock.advance(Duration.ofMinutes(59));
            assertThat(judge(token)).isNull();
            assertThat(judge(withdrawn)).isEqualTo(RefusalReason.REVOKED);
            clock.advance(Duration.ofMinutes(1));
            assertThat(judge(token)).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void goesByNoListThatIsOver() {
            serve(list -> list.expiresAt(clock.instant().plusSeconds(600)));
            TokenBuilder token = issuer.tokenWithStatus(7).expiresIn(Duration.ofHours(3));
            assertThat(judge(token)).isNull();
            clock.advance(Duration.ofSeconds(629));
            assertThat(judge(token)).isNull();
            clock.advance(Duration.ofSeconds(1));
            assertThat(judge(token)).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void goesBackToNoOlderList() {
            String older = issuer.statusList().sign();
            clock.advance(Duration.ofSeconds(60));
            issuer.setStatus(7, 1);
            TokenBuilder token = issuer.tokenWithStatus(7).expiresIn(Duration.ofHours(1));
            assertThat(judge(token)).isEqualTo(RefusalReason.REVOKED);
            issuer.on(TestEndpoint.STATUS_LIST).answer(Fault.body(older));
            clock.advance(Duration.ofMinutes(5));
            assertThat(judge(token)).isEqualTo(RefusalReason.REVOKED);
            await().until(() -> issuer.requests(TestEndpoint.STATUS_LIST) == 2);
            assertThat(judge(token)).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void loadsAListAgainAtOnceIfItsKeyIsBanned() {
            TestKey stolen = TestKey.generate(TestAlgorithm.ES256, "stolen");
            issuer.publish(stolen);
            serve(list -> list.key(stolen).claim("iat", clock.instant().getEpochSecond() + 20));
            TokenBuilder token = issuer.tokenWithStatus(7);
            assertThat(judge(token)).isNull();
            issuer.heal();
            guard.banKey("stolen");
            assertThat(judge(token)).isNull();
            assertThat(issuer.requests(TestEndpoint.STATUS_LIST)).isEqualTo(2);
        }

        @Test
        void loadsAListOnlyOnceIfTheIssuerGoesOnToSignItWithABannedKey() {
            TestKey stolen = TestKey.generate(TestAlgorithm.ES256, "stolen");
            issuer.publish(stolen);
            serve(list -> list.key(stolen));
            TokenBuilder token = issuer.tokenWithStatus(7);
            assertThat(judge(token)).isNull();
            guard.banKey("stolen");
            for (int i = 0; i < 20; i++) {
                assertThat(judge(token)).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
            }
            assertThat(issuer.requests(TestEndpoint.STATUS_LIST)).isEqualTo(2);
        }

        @Test
        void keepsTheListsThroughAnotherConfiguration() {
            TokenBuilder token = issuer.tokenWithStatus(7);
            assertThat(judge(token)).isNull();
            issuer.on(TestEndpoint.STATUS_LIST).answer(Fault.status(503));
            guard.reconfigure(GuardedIssuer.guarding(issuer).clock(clock));
            assertThat(judge(token)).isNull();
        }
    }

    @Nested
    class SecurityConsiderations_11 {
        @Test
        void oneIssuerHasABoundedNumberOfLists() {
            restart(StatusLists.supported().most(2));
            for (int i = 0; i < 5; i++) {
                String address = issuer.issuer() + "/lists/" + i;
                assertThat(judge(issuer.token()
                                .claim("status", Map.of("status_list", Map.of("idx", 1, "uri", address)))))
                        .isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
            }
            assertThat(judge(issuer.tokenWithStatus(1))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
            clock.advance(Duration.ofMinutes(1));
            assertThat(judge(issuer.tokenWithStatus(1))).isNull();
        }

        @Test
        void aListIsNoAccessTokenAndNoEvent() {
            String list = issuer.statusList().sign();
            assertThat(reasonOf(guard.decide(bearing(list)))).isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThatThrownBy(() -> guard.receiveEvents(list)).hasMessageContaining("TYPE_MISMATCH");
        }

        @ParameterizedTest
        @ValueSource(strings = {"https:///lists/", "https://a.example/lists", "https://a.example/?a=/", "lists/"})
        void prefixesAreAddressesThatEndInASlash(String prefix) {
            assertThatThrownBy(() -> StatusLists.supported().at(URI.create(prefix)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("tokenguard.status-list.uris");
        }

        @Test
        void prefixesAreHttps() {
            assertThatThrownBy(() -> guard(StatusLists.supported().at(URI.create("http://a.example/"))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("tokenguard.status-list.uris");
        }
    }
}
