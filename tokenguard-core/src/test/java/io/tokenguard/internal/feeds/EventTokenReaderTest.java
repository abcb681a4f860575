package io.tokenguard.internal.feeds;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.feeds.Sent.ISSUER;
import static io.tokenguard.internal.feeds.Sent.NOW;
import static io.tokenguard.internal.feeds.Sent.TERMS;
import static io.tokenguard.internal.feeds.Sent.claims;
import static io.tokenguard.internal.feeds.Sent.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8417 §2.2, with the events of CAEP 1.0, RISC 1.0 and OAuth Event Types 1.0. */
class EventTokenReaderTest {
    private static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
    private static final String REVOKED = CAEP + "session-revoked";
    private static final Map<String, Object> ALICE = Map.of("format", "iss_sub", "iss", ISSUER, "sub", "alice");
    private static final Map<String, Object> OF_ALICE = Map.of("subject", ALICE);

    private static FeedMessage read(Map<String, Object> claims) throws RefusedException {
        return EventTokenReader.read(verified(claims), TERMS);
    }

    private static FeedMessage event(String address, Map<String, Object> payload) throws RefusedException {
        return read(claims(Map.of(address, payload)));
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> claims = claims(Map.of(REVOKED, OF_ALICE));
        claims.put(name, value);
        return claims;
    }

    private static RefusalReason refusal(Map<String, Object> claims) {
        return reasonOf(() -> read(claims));
    }

    private static Revocation upTo(long seconds) {
        return Revocation.subject(ISSUER, "alice").issuedBefore(Instant.ofEpochSecond(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caep/event-type/session-revoked",
                "caep/event-type/token-claims-change",
                "caep/event-type/credential-change",
                "risc/event-type/account-credential-change-required",
                "risc/event-type/account-purged",
                "risc/event-type/account-disabled",
                "risc/event-type/credential-compromise",
                "risc/event-type/sessions-revoked",
                "oauth/event-type/tokens-revoked"
            })
    void withdrawsWhatWasIssuedToTheSubjectBefore(String event) throws RefusedException {
        FeedMessage message = event("https://schemas.openid.net/secevent/" + event, OF_ALICE);
        assertThat(message.revocations()).containsExactly(upTo(NOW + 1));
        assertThat(message.ignored()).isEmpty();
        assertThat(message.issuer()).isEqualTo(ISSUER);
        assertThat(message.tokenId()).isEqualTo("1");
        assertThat(message.subject()).isEmpty();
    }

    @Test
    void withdrawsNothingForACredentialMore() throws RefusedException {
        Map<String, Object> created = Map.of("subject", ALICE, "change_type", "create");
        assertThat(event(CAEP + "credential-change", created).revocations()).isEmpty();
        assertThat(event(REVOKED, created).revocations()).hasSize(1);
    }

    @Test
    void namesTheEventsThatItIgnores() throws RefusedException {
        FeedMessage message = event("https://example.com/other", Map.of());
        assertThat(message.revocations()).isEmpty();
        assertThat(message.ignored()).containsExactly("https://example.com/other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verification", "stream-updated"})
    void hasNothingToDoForEventsAboutTheStream(String name) throws RefusedException {
        FeedMessage message = event("https://schemas.openid.net/secevent/ssf/event-type/" + name, Map.of());
        assertThat(message.ignored()).isEmpty();
        assertThat(message.revocations()).isEmpty();
    }

    @Test
    void isAboutTheSubjectOfTheTokenWhereTheEventNamesNone() throws RefusedException {
        Map<String, Object> claims = claims(Map.of(REVOKED, Map.of()));
        assertThat(refusal(claims)).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(detailOf(() -> read(claims))).isEqualTo("sub_id");
        claims.put("sub", "alice");
        assertThat(read(claims).revocations()).containsExactly(upTo(NOW + 1));
        claims.put("sub_id", Map.of("format", "iss_sub", "iss", ISSUER, "sub", "bob"));
        assertThat(read(claims).revocations())
                .singleElement()
                .satisfies(revocation -> assertThat(revocation.target())
                        .isEqualTo(Revocation.subject(ISSUER, "bob").target()));
    }

    @Test
    void endsSessionsForGood() throws RefusedException {
        Map<String, Object> session = Map.of("subject", Map.of("session", Map.of("format", "opaque", "id", "s")));
        assertThat(event(REVOKED, session).revocations()).containsExactly(Revocation.session(ISSUER, "s"));
    }

    @Test
    void takesAnIdentifierForASessionIfTheEventIsOfSessions() throws RefusedException {
        Map<String, Object> opaque = Map.of("subject", Map.of("format", "opaque", "id", "s"));
        assertThat(event(REVOKED, opaque).revocations()).hasSize(2);
        assertThat(event(CAEP + "token-claims-change", opaque).revocations()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"999000,999001", "0,1", "999999,1000000", "1000000,1000001", "1000001,1000001", "-1,1000001"})
    void happenedWhenTheEventSaysButNotAfterItsToken(long stated, long until) throws RefusedException {
        assertThat(event(REVOKED, Map.of("subject", ALICE, "event_timestamp", stated))
                        .revocations())
                .containsExactly(upTo(until));
    }

    @Test
    void isForThisApplication() {
        assertThat(refusal(with("aud", List.of("other", "shop")))).isNull();
        assertThat(refusal(with("aud", "other"))).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        assertThat(refusal(with("aud", null))).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(refusal(with("aud", List.of()))).isEqualTo(RefusalReason.CLAIM_MISSING);
    }

    @Test
    void wasIssuedAlready() {
        assertThat(refusal(with("iat", NOW + 30))).isNull();
        assertThat(refusal(with("iat", NOW + 31))).isEqualTo(RefusalReason.ISSUED_IN_FUTURE);
        assertThat(refusal(with("iat", 0L))).isNull();
        assertThat(refusal(with("iat", -1L))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        assertThat(refusal(with("iat", null))).isEqualTo(RefusalReason.CLAIM_MISSING);
    }

    @Test
    void isOverOnlyIfItSaysSo() {
        assertThat(refusal(with("exp", null))).isNull();
        assertThat(refusal(with("exp", NOW - 29))).isNull();
        assertThat(refusal(with("exp", NOW - 30))).isEqualTo(RefusalReason.EXPIRED);
    }

    @Test
    void hasAnIdentifierAndReadableClaims() {
        assertThat(refusal(with("jti", null))).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(refusal(with("sid", 1L))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
    }

    @Test
    void hasEventsThatAreObjects() {
        assertThat(refusal(with("events", null))).isEqualTo(RefusalReason.CLAIM_MISSING);
        for (Object events : List.of("x", Map.of(), Map.of(REVOKED, "x"), List.of(), new BigDecimal("1.5"))) {
            assertThat(refusal(with("events", events))).isEqualTo(RefusalReason.CLAIMS_MALFORMED);
        }
    }
}
