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
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Security event tokens: RFC 8417, their delivery (RFC 8935), whom they are about (RFC 9493), and what they tell. */
class SecurityEventTest {
    private static final String TYPES = "https://schemas.openid.net/secevent/";
    private static final String SESSION_REVOKED = TYPES + "caep/event-type/session-revoked";
    private static final String ACCOUNT_DISABLED = TYPES + "risc/event-type/account-disabled";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private FeedDrill drill = new FeedDrill();

    @AfterEach
    void stop() {
        drill.close();
    }

    private void restart(SecurityEvents settings) {
        drill.close();
        drill = new FeedDrill(BackChannelLogout.strict(), settings);
    }

    private TokenBuilder disabled(String subject) {
        return drill.issuer.securityEvent(ACCOUNT_DISABLED, drill.issSub(subject));
    }

    /** Whether a token of alice and of session s1 is revoked by an event about somebody or something. */
    private boolean revokes(String type, Map<String, Object> subject) {
        return revokes(drill.issuer.securityEvent(type, subject));
    }

    private boolean revokes(TokenBuilder event) {
        String token = drill.issuer.token().claim("sid", "s1").tokenId("t1").sign();
        assertThat(drill.judge(token)).isNull();
        assertThat(drill.event(event.sign())).isNull();
        return drill.judge(token) == RefusalReason.REVOKED;
    }

    @Nested
    class Rfc8417 {
        @ParameterizedTest
        @ValueSource(strings = {"iss", "aud", "iat", "jti", "events"})
        void s2_2_tokensHaveAllThatIsRequired(String claim) {
            assertThat(drill.event(disabled("alice").withoutClaim(claim).sign()))
                    .isEqualTo(claim.equals("iss") ? RefusalReason.ISSUER_UNKNOWN : RefusalReason.CLAIM_MISSING);
        }

        @Test
        void s2_2_eventsAreObjectsAndAtLeastOne() {
            assertThat(events(Map.of())).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(events(Map.of(ACCOUNT_DISABLED, true))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(events(List.of(ACCOUNT_DISABLED))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        }

        private RefusalReason events(Object events) {
            return drill.event(disabled("alice").claim("events", events).sign());
        }

        @Test
        void s2_2_eventsThatNobodyKnowsAreTakenAndChangeNothing() {
            assertThat(revokes("https://events.example/anything", drill.issSub("alice")))
                    .isFalse();
        }

        @Test
        void s2_2_eachOfSeveralEventsCounts() {
            TokenBuilder event = disabled("alice")
                    .claim(
                            "events",
                            Map.of(
                                    "https://events.example/anything",
                                    Map.of(),
                                    ACCOUNT_DISABLED,
                                    Map.of("reason", "x")));
            assertThat(revokes(event)).isTrue();
        }

        @Test
        void s2_2_anEndIsNotNeededAndCountsWhereItIs() {
            assertThat(drill.event(disabled("alice")
                            .expiresAt(drill.clock.instant().minusSeconds(29))
                            .sign()))
                    .isNull();
            assertThat(drill.event(disabled("alice")
                            .expiresAt(drill.clock.instant().minusSeconds(30))
                            .sign()))
                    .isEqualTo(RefusalReason.EXPIRED);
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"JWT", "at+jwt", "logout+jwt"})
        void s2_3_tokensAreOfATypeOfTheirOwn(String type) {
            assertThat(drill.event(disabled("alice").type(type).sign())).isEqualTo(RefusalReason.TYPE_MISMATCH);
        }

        @Test
        void s4_tokensAreNeverTakenForOthers() {
            String event = disabled("alice").sign();
            assertThat(drill.judge(event)).isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(drill.logout(event)).isEqualTo(RefusalReason.TYPE_MISMATCH);
            assertThat(drill.event(drill.issuer.logoutToken().sign())).isEqualTo(RefusalReason.TYPE_MISMATCH);
        }

        @Test
        void s5_1_tokensAreSignedByTheIssuer() {
            assertThat(drill.event(disabled("alice").unsigned("none"))).isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
            assertThat(drill.event(CompactToken.parse(disabled("alice").sign())
                            .flipBit(3)
                            .compact()))
                    .isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }

        @Test
        void s5_4_aTokenThatComesAgainIsTakenAndDoesNothing() {
            String event = disabled("alice").sign();
            assertThat(drill.event(event)).isNull();
            drill.clock.advance(Duration.ofDays(2));
            String later = drill.issuer.token().sign();
            assertThat(drill.event(event)).isNull();
            assertThat(drill.judge(later)).isNull();
        }
    }

    @Nested
    class Rfc8935 {
        @Test
        void s2_1_tokensComeAsTheBody() {
            assertThat(drill.postEvent(disabled("alice").sign()).status()).isEqualTo(202);
            FeedAnswer form = drill.guard.receiveEvents(
                    post("/events", "application/x-www-form-urlencoded").build(),
                    stream(disabled("alice").sign()));
            assertThat(form.body()).startsWith("{\"err\":\"invalid_request\"");
        }

        @Test
        void s2_2_successIs202AndEmpty() {
            FeedAnswer taken = new FeedAnswer(202, Map.of("Cache-Control", "no-store"), "");
            String event = disabled("alice").sign();
            assertThat(drill.postEvent(event)).isEqualTo(taken);
            assertThat(drill.postEvent(event)).isEqualTo(taken);
        }

        @Test
        void s2_3_failureIs400AndSaysWhyInOneLanguage() {
            FeedAnswer answer = drill.postEvent(disabled("alice").audience("x").sign());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.headers())
                    .containsEntry("Content-Type", "application/json")
                    .containsEntry("Content-Language", "en");
            assertThat(answer.body())
                    .isEqualTo("{\"err\":\"invalid_audience\","
                            + "\"description\":\"The token is not meant for this recipient\"}");
        }

        @Test
        void s2_4_errorsHaveCodes() {
            assertThat(error("junk")).isEqualTo("invalid_request");
            assertThat(error("")).isEqualTo("invalid_request");
            assertThat(error("x".repeat(70_000))).isEqualTo("invalid_request");
            assertThat(error(disabled("alice").withoutClaim("jti").sign())).isEqualTo("invalid_request");
            assertThat(error(disabled("alice").issuer("https://evil.example").sign()))
                    .isEqualTo("invalid_issuer");
            assertThat(error(disabled("alice").audience("x").sign())).isEqualTo("invalid_audience");
            assertThat(error(disabled("alice").header("kid", "nobody").sign())).isEqualTo("invalid_key");
            assertThat(error(CompactToken.parse(disabled("alice").sign())
                            .flipBit(3)
                            .compact()))
                    .isEqualTo("invalid_key");
            assertThat(error(disabled("alice").unsigned("none"))).isEqualTo("invalid_key");
        }

        private String error(String body) {
            FeedAnswer answer = drill.postEvent(body);
            assertThat(answer.status()).isEqualTo(400);
            return answer.body().split("\"", -1)[3];
        }

        @Test
        void s2_4_whatCanNotBeToldIs503() {
            drill.issuer.goDown();
            assertThat(drill.postEvent(disabled("alice").sign()).status()).isEqualTo(503);
        }

        @Test
        void s3_transmittersMayHaveToAuthenticate() {
            restart(SecurityEvents.strict().secret(SECRET));
            assertThat(sent("Bearer " + SECRET).status()).isEqualTo(202);
            assertThat(sent("bearer  " + SECRET).status()).isEqualTo(202);
            for (String wrong : List.of("Bearer " + SECRET + "0", "Bearer", SECRET, "Basic " + SECRET, "")) {
                assertThat(sent(wrong).body()).startsWith("{\"err\":\"authentication_failed\"");
            }
            assertThat(drill.postEvent(disabled("alice").sign()).status()).isEqualTo(400);
        }

        private FeedAnswer sent(String credentials) {
            IncomingRequest request = post("/events", "application/secevent+jwt")
                    .header("Authorization", credentials)
                    .build();
            return drill.guard.receiveEvents(request, stream(disabled("alice").sign()));
        }

        @Test
        void s5_2_tokensComeOverTls() {
            IncomingRequest request = IncomingRequest.builder("POST", "/events")
                    .header("Content-Type", "application/secevent+jwt")
                    .build();
            assertThat(drill.guard
                            .receiveEvents(request, stream(disabled("alice").sign()))
                            .body())
                    .startsWith("{\"err\":\"access_denied\"");
        }

        @Test
        void recipientsCanBeNamed() {
            restart(SecurityEvents.strict().audiences("https://receiver.example"));
            assertThat(drill.event(disabled("alice").sign())).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
            assertThat(drill.event(disabled("alice")
                            .audience("https://receiver.example")
                            .sign()))
                    .isNull();
        }

        @Test
        void otherMethodsAreNotAllowed() {
            IncomingRequest request =
                    IncomingRequest.builder("GET", "/events").overTls().build();
            assertThat(drill.guard.receiveEvents(request, stream("")).status()).isEqualTo(405);
        }
    }

    @Nested
    class Rfc9493 {
        @Test
        void s3_2_4_namesASubjectOfTheIssuer() {
            assertThat(revokes(ACCOUNT_DISABLED, drill.issSub("bob"))).isFalse();
            assertThat(revokes(ACCOUNT_DISABLED, drill.issSub("alice"))).isTrue();
        }

        @Test
        void s3_2_4_letsNoIssuerSpeakOfTheSubjectsOfOthers() {
            assertThat(revokes(
                            ACCOUNT_DISABLED,
                            Map.of("format", "iss_sub", "iss", "https://other.example", "sub", "alice")))
                    .isFalse();
        }

        @Test
        void s3_2_5_takesAnIdentifierForThatOfASubject() {
            assertThat(revokes(ACCOUNT_DISABLED, Map.of("format", "opaque", "id", "s1")))
                    .isFalse();
            assertThat(revokes(ACCOUNT_DISABLED, Map.of("format", "opaque", "id", "alice")))
                    .isTrue();
        }

        @Test
        void s3_2_8_takesEachOfSeveralNames() {
            Map<String, Object> email = Map.of("format", "email", "email", "alice@example.com");
            assertThat(revokes(ACCOUNT_DISABLED, Map.of("format", "aliases", "identifiers", List.of(email))))
                    .isFalse();
            assertThat(revokes(
                            ACCOUNT_DISABLED,
                            Map.of("format", "aliases", "identifiers", List.of(email, drill.issSub("alice")))))
                    .isTrue();
        }

        @ParameterizedTest
        @CsvSource({"email,email,alice", "phone_number,phone_number,+1", "uri,uri,urn:alice", "unheard-of,id,alice"})
        void otherFormatsAreTakenAndChangeNothing(String format, String member, String value) {
            assertThat(revokes(ACCOUNT_DISABLED, Map.of("format", format, member, value)))
                    .isFalse();
        }

        @Test
        void malformedSubjectsAreRefused() {
            assertThat(malformed(Map.of("format", "iss_sub", "iss", drill.issuer.issuer())))
                    .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(malformed(Map.of("format", "opaque", "id", 7))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(malformed(Map.of("format", "aliases", "identifiers", "alice")))
                    .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            Map<String, Object> inner = Map.of("format", "aliases", "identifiers", List.of());
            assertThat(malformed(Map.of("format", "aliases", "identifiers", List.of(inner))))
                    .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(malformed(Map.of("id", "alice"))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
            assertThat(drill.event(disabled("alice").claim("sub_id", "alice").sign()))
                    .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        }

        private RefusalReason malformed(Map<String, Object> subject) {
            return drill.event(
                    drill.issuer.securityEvent(ACCOUNT_DISABLED, subject).sign());
        }

        @Test
        void theSubjectOfTheTokenIsThatOfAnEventWithoutOne() {
            assertThat(drill.event(disabled("alice").withoutClaim("sub_id").sign()))
                    .isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(revokes(disabled("alice").withoutClaim("sub_id").subject("alice")))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss_sub", "iss-sub"})
        void theSubjectOfAnEventGoesBefore(String type) {
            Map<String, Object> alice = Map.of("subject_type", type, "iss", drill.issuer.issuer(), "sub", "alice");
            assertThat(revokes(disabled("bob").claim("events", Map.of(ACCOUNT_DISABLED, Map.of("subject", alice)))))
                    .isTrue();
        }
    }

    @Nested
    class SharedSignals {
        private final Map<String, Object> session = Map.of("format", "opaque", "id", "s1");

        @Test
        void aComplexSubjectIsItsSession() {
            Map<String, Object> other = Map.of("format", "opaque", "id", "s2");
            assertThat(revokes(
                            SESSION_REVOKED,
                            Map.of("format", "complex", "session", other, "user", drill.issSub("alice"))))
                    .isFalse();
            assertThat(revokes(
                            SESSION_REVOKED,
                            Map.of("format", "complex", "session", session, "user", drill.issSub("bob"))))
                    .isTrue();
        }

        @Test
        void aComplexSubjectWithoutASessionIsItsUser() {
            Map<String, Object> device = Map.of("format", "opaque", "id", "d1");
            assertThat(revokes(
                            SESSION_REVOKED,
                            Map.of("format", "complex", "device", device, "user", drill.issSub("alice"))))
                    .isTrue();
        }

        @Test
        void aComplexSubjectOfTheDraftsHasNoFormat() {
            assertThat(revokes(SESSION_REVOKED, Map.of("session", session))).isTrue();
        }

        @Test
        void groupsAndTenantsChangeNothing() {
            Map<String, Object> tenant = Map.of("format", "opaque", "id", "alice");
            assertThat(revokes(SESSION_REVOKED, Map.of("format", "complex", "tenant", tenant)))
                    .isFalse();
        }

        @Test
        void aTokenCanBeNamedByItsIdentifier() {
            assertThat(revokes(SESSION_REVOKED, Map.of("format", "jwt_id", "iss", drill.issuer.issuer(), "jti", "t1")))
                    .isTrue();
        }

        @Test
        void complexSubjectsAreNotNested() {
            Map<String, Object> inner = Map.of("format", "complex", "session", session);
            assertThat(drill.event(drill.issuer
                            .securityEvent(SESSION_REVOKED, Map.of("format", "complex", "user", inner))
                            .sign()))
                    .isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"verification", "stream-updated"})
        void eventsOfTheStreamAreTaken(String name) {
            Map<String, Object> stream = Map.of("format", "opaque", "id", "stream-1");
            assertThat(revokes(TYPES + "ssf/event-type/" + name, stream)).isFalse();
        }
    }

    @Nested
    class WhatIsTold {
        @ParameterizedTest
        @CsvSource({
            "caep/event-type/session-revoked, true",
            "caep/event-type/token-claims-change, true",
            "caep/event-type/credential-change, true",
            "caep/event-type/assurance-level-change, false",
            "caep/event-type/device-compliance-change, false",
            "caep/event-type/session-established, false",
            "risc/event-type/account-credential-change-required, true",
            "risc/event-type/account-purged, true",
            "risc/event-type/account-disabled, true",
            "risc/event-type/account-enabled, false",
            "risc/event-type/credential-compromise, true",
            "risc/event-type/sessions-revoked, true",
            "risc/event-type/identifier-changed, false",
            "risc/event-type/opt-out-effective, false",
            "oauth/event-type/tokens-revoked, true",
            "oauth/event-type/token-issued, false"
        })
        void eventsWithdrawTokensOrNot(String type, boolean withdraws) {
            assertThat(revokes(TYPES + type, drill.issSub("alice"))).isEqualTo(withdraws);
        }

        @Test
        void oneCredentialMoreWithdrawsNothing() {
            String change = TYPES + "caep/event-type/credential-change";
            assertThat(revokes(drill.issuer
                            .securityEvent(change, drill.issSub("alice"))
                            .claim("events", Map.of(change, Map.of("change_type", "create")))))
                    .isFalse();
            assertThat(revokes(drill.issuer
                            .securityEvent(change, drill.issSub("alice"))
                            .claim("events", Map.of(change, Map.of("change_type", "revoke")))))
                    .isTrue();
        }

        @Test
        void aSessionMayBeAnIdentifierAlone() {
            assertThat(revokes(SESSION_REVOKED, Map.of("format", "opaque", "id", "s1")))
                    .isTrue();
        }

        @Test
        void whatWasIssuedAfterTheEventIsGood() {
            String old = drill.issuer.token().sign();
            drill.clock.advance(Duration.ofSeconds(60));
            String fresh = drill.issuer.token().sign();
            drill.clock.advance(Duration.ofSeconds(60));
            long moment = drill.clock.instant().getEpochSecond() - 90;
            assertThat(drill.event(at(moment))).isNull();
            assertThat(drill.judge(old)).isEqualTo(RefusalReason.REVOKED);
            assertThat(drill.judge(fresh)).isNull();
        }

        @Test
        void anEventIsNeverLaterThanItsToken() {
            long milliseconds = drill.clock.millis();
            assertThat(drill.event(at(milliseconds))).isNull();
            drill.clock.advance(Duration.ofSeconds(1));
            assertThat(drill.judge(drill.issuer.token().sign())).isNull();
        }

        private String at(long timestamp) {
            return disabled("alice")
                    .claim("events", Map.of(ACCOUNT_DISABLED, Map.of("event_timestamp", timestamp)))
                    .sign();
        }
    }
}
