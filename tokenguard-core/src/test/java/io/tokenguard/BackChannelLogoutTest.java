package io.tokenguard;

import static io.tokenguard.FeedDrill.post;
import static io.tokenguard.FeedDrill.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.SecurityEvents;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Back-Channel Logout 1.0, in its order. */
class BackChannelLogoutTest {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private FeedDrill drill = new FeedDrill();

    @AfterEach
    void stop() {
        drill.close();
    }

    private void restart(BackChannelLogout settings) {
        drill.close();
        drill = new FeedDrill(settings, SecurityEvents.strict());
    }

    @Nested
    class LogoutTokens_2_4 {
        @Test
        void areTakenAsTheTestkitMakesThem() {
            assertThat(drill.logout(drill.issuer.logoutToken().sign())).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "aud", "iat", "exp", "jti", "events"})
        void haveAllThatIsRequired(String claim) {
            assertThat(drill.logout(
                            drill.issuer.logoutToken().withoutClaim(claim).sign()))
                    .isEqualTo(claim.equals("iss") ? RefusalReason.ISSUER_UNKNOWN : RefusalReason.CLAIM_MISSING);
        }

        @Test
        void nameASubjectOrASession() {
            assertThat(drill.logout(
                            drill.issuer.logoutToken().withoutClaim("sub").sign()))
                    .isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(drill.logout(drill.issuer
                            .logoutToken()
                            .withoutClaim("sub")
                            .claim("sid", "s1")
                            .sign()))
                    .isNull();
        }

        @Test
        void holdNoNonceNotEvenNull() {
            assertThat(drill.logout(
                            drill.issuer.logoutToken().claim("nonce", "n").sign()))
                    .isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(drill.logout(
                            drill.issuer.logoutToken().claim("nonce", null).sign()))
                    .isEqualTo(RefusalReason.TYPE_MISMATCH);
        }

        @Test
        void holdTheEventAsAnObject() {
            assertThat(events(Map.of("http://schemas.openid.net/event/other", Map.of())))
                    .isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(events(Map.of(EVENT + "/", Map.of()))).isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(events(Map.of(EVENT, "{}"))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(events(Map.of())).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(events(List.of(EVENT))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(events(Map.of(EVENT, Map.of("revoke_offline_access", true))))
                    .isNull();
        }

        private RefusalReason events(Object events) {
            return drill.logout(
                    drill.issuer.logoutToken().claim("events", events).sign());
        }

        @Test
        void mayHoldClaimsThatNobodyUnderstands() {
            assertThat(drill.logout(drill.issuer
                            .logoutToken()
                            .claim("more", Map.of("a", 1))
                            .sign()))
                    .isNull();
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"JWT", "at+jwt", "secevent+jwt", "dpop+jwt"})
        void areOfATypeOfTheirOwn(String type) {
            assertThat(drill.logout(drill.issuer.logoutToken().type(type).sign()))
                    .isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(drill.logout(drill.issuer
                            .logoutToken()
                            .type("application/Logout+JWT")
                            .sign()))
                    .isNull();
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = "JWT")
        void mayBeUntypedWhereThatIsSaid(String type) {
            restart(BackChannelLogout.strict().acceptUntypedTokens());
            assertThat(drill.logout(drill.issuer.logoutToken().type(type).sign()))
                    .isNull();
            assertThat(drill.logout(drill.issuer.token().type(type).sign())).isEqualTo(RefusalReason.CLAIM_MISSING);
        }
    }

    @Nested
    class Requests_2_5 {
        @Test
        void areFormsWithTheTokenInOneField() {
            String token = drill.issuer.logoutToken().sign();
            assertThat(drill.postForm("logout_token=" + token).status()).isEqualTo(200);
            assertThat(drill.postForm("state=x&logout_token=" + token + "&other=%2B")
                            .status())
                    .isEqualTo(200);
            assertThat(drill.postForm("logout%5Ftoken=" + token.replace(".", "%2e"))
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "&",
                    "=",
                    "logout_token",
                    "logout_token=",
                    "Logout_token=a.b.c",
                    "logout_token=%",
                    "%zz=1",
                    "logout_token=a.b.c&logout_token=a.b.c",
                    "logout_token=a.b.c d"
                })
        void areRefusedWhereTheyAreMalformed(String body) {
            assertThat(drill.postForm(body).status()).isEqualTo(400);
            assertThat(drill.refusals).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json", "multipart/form-data", "text/plain", "", "application/jwt"})
        void areOfOneContentType(String type) {
            FeedAnswer answer = drill.guard.receiveLogout(
                    post("/", type).build(),
                    stream("logout_token=" + drill.issuer.logoutToken().sign()));
            assertThat(answer.status()).isEqualTo(400);
        }

        @Test
        void mayStateACharset() {
            FeedAnswer answer = drill.guard.receiveLogout(
                    post("/", "Application/x-www-form-urlencoded ; charset=UTF-8")
                            .build(),
                    stream("logout_token=" + drill.issuer.logoutToken().sign()));
            assertThat(answer.status()).isEqualTo(200);
        }

        @Test
        void areReadAsFarAs64KibibytesOnly() {
            String body = "logout_token=" + drill.issuer.logoutToken().sign() + "&more=";
            String longest = body + "x".repeat(64 * 1024 - body.length());
            assertThat(drill.postForm(longest).status()).isEqualTo(200);
            CountingStream endless = new CountingStream();
            IncomingRequest request =
                    post("/", "application/x-www-form-urlencoded").build();
            assertThat(drill.guard.receiveLogout(request, endless).status()).isEqualTo(400);
            assertThat(endless.read).isEqualTo(64 * 1024 + 1);
        }

        @Test
        void thatBreakOffAreRefused() {
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("connection reset");
                }

                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    throw new IOException("connection reset");
                }
            };
            IncomingRequest request =
                    post("/", "application/x-www-form-urlencoded").build();
            assertThat(drill.guard.receiveLogout(request, broken).status()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "HEAD", "post"})
        void arePostsOnly(String method) {
            FeedAnswer answer = drill.guard.receiveLogout(
                    IncomingRequest.builder(method, "/").overTls().build(), stream(""));
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.headers()).containsEntry("Allow", "POST");
        }
    }

    private static final class CountingStream extends InputStream {
        private int read;

        @Override
        public int read() {
            read++;
            return 'x';
        }

        @Override
        public int read(byte[] into, int from, int length) {
            read += length;
            return length;
        }
    }

    @Nested
    class Validation_2_6 {
        @Test
        void refusesOtherSignatures() {
            String token = drill.issuer.logoutToken().sign();
            assertThat(drill.logout(CompactToken.parse(token).flipBit(9).compact()))
                    .isEqualTo(RefusalReason.SIGNATURE_INVALID);
            TestKey stranger = TestKey.generate(TestAlgorithm.ES256, "main");
            assertThat(drill.logout(drill.issuer.logoutToken().key(stranger).sign()))
                    .isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }

        @Test
        void neverTakesAlgNone() {
            assertThat(drill.logout(drill.issuer.logoutToken().unsigned("none")))
                    .isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
        }

        @Test
        void takesKeysThatAreBannedForNothing() {
            drill.guard.banKey("main");
            assertThat(drill.logout(drill.issuer.logoutToken().sign())).isEqualTo(RefusalReason.KEY_REFUSED);
        }

        @Test
        void knowsItsIssuers() {
            assertThat(drill.logout(drill.issuer
                            .logoutToken()
                            .issuer("https://evil.example")
                            .sign()))
                    .isEqualTo(RefusalReason.ISSUER_UNKNOWN);
        }

        @Test
        void takesTokensThatAreMeantForTheApi() {
            assertThat(drill.logout(drill.issuer.logoutToken().audience("other").sign()))
                    .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
            assertThat(drill.logout(drill.issuer
                            .logoutToken()
                            .audience("other", GuardedIssuer.AUDIENCE)
                            .sign()))
                    .isNull();
        }

        @Test
        void takesTokensThatAreMeantForClientsThatAreNamed() {
            restart(BackChannelLogout.strict().audiences("shop", "shop-app"));
            assertThat(drill.logout(
                            drill.issuer.logoutToken().audience("shop-app").sign()))
                    .isNull();
            assertThat(drill.logout(drill.issuer.logoutToken().sign())).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        }

        @Test
        void judgesTheTimeWithTheSkewOfTheIssuer() {
            String token = drill.issuer.logoutToken().sign();
            drill.clock.advance(Duration.ofSeconds(149));
            assertThat(drill.logout(token)).isNull();
            drill.clock.advance(Duration.ofSeconds(1));
            assertThat(drill.logout(token)).isEqualTo(RefusalReason.EXPIRED);
        }

        @Test
        void takesNoTokenOfTheFuture() {
            assertThat(drill.logout(drill.issuer
                            .logoutToken()
                            .issuedAt(drill.clock.instant().plusSeconds(30))
                            .sign()))
                    .isNull();
            assertThat(drill.logout(drill.issuer
                            .logoutToken()
                            .issuedAt(drill.clock.instant().plusSeconds(31))
                            .sign()))
                    .isEqualTo(RefusalReason.ISSUED_IN_FUTURE);
        }

        @Test
        void takesATokenOnceAndAnswersItsCopyAlike() {
            String token = drill.issuer.logoutToken().sign();
            assertThat(drill.postForm("logout_token=" + token))
                    .isEqualTo(drill.postForm("logout_token=" + token))
                    .isEqualTo(new FeedAnswer(200, Map.of("Cache-Control", "no-store"), ""));
        }

        @Test
        void lastsThroughAnotherConfiguration() {
            String access = drill.issuer.token().sign();
            assertThat(drill.logout(drill.issuer.logoutToken().sign())).isNull();
            drill.guard.reconfigure(GuardedIssuer.guarding(drill.issuer).clock(drill.clock));
            assertThat(drill.judge(access)).isEqualTo(RefusalReason.REVOKED);
        }

        /** A logout token and an access token are never mistaken for each other. */
        @Test
        void neverTakesAnAccessTokenForALogoutTokenOrAnEvent() {
            String access = drill.issuer.token().claim("sid", "s1").sign();
            assertThat(drill.logout(access)).isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(drill.event(access)).isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(drill.judge(access)).isNull();
        }

        @Test
        void neverTakesALogoutTokenForAnAccessToken() {
            assertThat(drill.judge(drill.issuer.logoutToken().sign())).isEqualTo(RefusalReason.TYPE_MISMATCH);
        }

        @Test
        void fetchesNoMoreKeysForStrangersThanForTheirAccessTokens() {
            assertThat(drill.logout(drill.issuer.logoutToken().sign())).isNull();
            for (int i = 0; i < 50; i++) {
                drill.logout(drill.issuer
                        .logoutToken()
                        .header("kid", "stranger-" + i)
                        .sign());
            }
            assertThat(drill.issuer.requests(TestEndpoint.JWKS)).isLessThanOrEqualTo(2);
        }

        @Test
        void refusesWhatIsNoTokenBeforeAnythingElse() {
            assertThat(drill.guard.awaitReady(Duration.ofSeconds(30))).isTrue();
            drill.issuer.resetRequests();
            assertThat(drill.logout("a".repeat(16_385))).isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
            assertThat(drill.logout("a.b.c.d.e")).isEqualTo(RefusalReason.TOKEN_ENCRYPTED);
            assertThat(drill.logout("junk")).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThat(drill.issuer.requests(TestEndpoint.JWKS)).isZero();
        }
    }

    @Nested
    class Actions_2_7 {
        @Test
        void withoutASessionAllTokensOfTheSubjectEnd() {
            String before = drill.issuer.token().sign();
            String ofAnother = drill.issuer.token().subject("bob").sign();
            assertThat(drill.judge(before)).isNull();
            assertThat(drill.logout(drill.issuer.logoutToken().sign())).isNull();
            assertThat(drill.judge(before)).isEqualTo(RefusalReason.REVOKED);
            assertThat(drill.judge(ofAnother)).isNull();
        }

        @Test
        void whoLogsInAgainIsLetIn() {
            assertThat(drill.logout(drill.issuer.logoutToken().sign())).isNull();
            assertThat(drill.judge(drill.issuer.token().sign())).isEqualTo(RefusalReason.REVOKED);
            drill.clock.advance(Duration.ofSeconds(1));
            assertThat(drill.judge(drill.issuer.token().sign())).isNull();
        }

        @Test
        void aCopyOfALogoutTokenEndsNothingNew() {
            String logout = drill.issuer.logoutToken().sign();
            assertThat(drill.logout(logout)).isNull();
            drill.clock.advance(Duration.ofSeconds(10));
            String later = drill.issuer.token().sign();
            assertThat(drill.logout(logout)).isNull();
            assertThat(drill.judge(later)).isNull();
        }

        @Test
        void ofASessionItsTokensEnd() {
            String ofTheSession = drill.issuer.token().claim("sid", "s1").sign();
            String ofAnother = drill.issuer.token().claim("sid", "s2").sign();
            assertThat(drill.logout(
                            drill.issuer.logoutToken().claim("sid", "s1").sign()))
                    .isNull();
            assertThat(drill.judge(ofTheSession)).isEqualTo(RefusalReason.REVOKED);
            assertThat(drill.judge(ofAnother)).isNull();
        }

        @Test
        void ofASessionAllTokensOfTheSubjectEndWhereThatIsSaid() {
            restart(BackChannelLogout.strict().endAllSessions());
            String withoutSession = drill.issuer.token().sign();
            assertThat(drill.logout(
                            drill.issuer.logoutToken().claim("sid", "s1").sign()))
                    .isNull();
            assertThat(drill.judge(withoutSession)).isEqualTo(RefusalReason.REVOKED);
        }
    }

    @Nested
    class Responses_2_8 {
        @Test
        void toALogoutAre200AndNotStored() {
            assertThat(drill.postForm(
                            "logout_token=" + drill.issuer.logoutToken().sign()))
                    .isEqualTo(new FeedAnswer(200, Map.of("Cache-Control", "no-store"), ""));
        }

        @Test
        void toAFailureAre400WithAnErrorAndNotStored() {
            FeedAnswer answer = drill.postForm("logout_token="
                    + drill.issuer.logoutToken().audience("other").sign());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.headers())
                    .containsEntry("Cache-Control", "no-store")
                    .containsEntry("Content-Type", "application/json");
            assertThat(answer.body())
                    .isEqualTo("{\"error\":\"invalid_request\","
                            + "\"error_description\":\"The token is not meant for this recipient\"}");
            assertThat(drill.refusals)
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal.path()).isEqualTo("/backchannel-logout"))
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.AUDIENCE_MISMATCH));
        }

        /** What can't be told is no failure of the token: the issuer may send it again. */
        @Test
        void whileNoKeyIsKnownAre503() {
            drill.issuer.goDown();
            FeedAnswer answer =
                    drill.postForm("logout_token=" + drill.issuer.logoutToken().sign());
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsKey("Retry-After");
            assertThat(drill.refusals.get(0).reason()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        }

        @Test
        void tellNothingThatCameWithTheRequest() {
            FeedAnswer answer = drill.postForm("logout_token=canary-5d1c.b.c");
            assertThat(answer.body()).doesNotContain("canary").is(ascii());
        }

        private org.assertj.core.api.Condition<String> ascii() {
            return new org.assertj.core.api.Condition<>(
                    text -> StandardCharsets.US_ASCII.newEncoder().canEncode(text), "ASCII");
        }
    }
}
