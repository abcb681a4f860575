package io.tokenguard.internal.feeds;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static io.tokenguard.internal.feeds.Sent.ISSUER;
import static io.tokenguard.internal.feeds.Sent.NOW;
import static io.tokenguard.internal.feeds.Sent.TERMS;
import static io.tokenguard.internal.feeds.Sent.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** OpenID Connect Back-Channel Logout 1.0 §2.4 and §2.6. */
class LogoutTokenReaderTest {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Revocation SESSION = Revocation.session(ISSUER, "s");
    private static final Revocation SUBJECT =
            Revocation.subject(ISSUER, "alice").issuedBefore(Instant.ofEpochSecond(NOW + 1));

    private final Map<String, Object> claims = Sent.claims(Map.of(EVENT, Map.of()));

    private FeedMessage read(boolean endsAllSessions) throws RefusedException {
        return new LogoutTokenReader(endsAllSessions).read(verified(claims), TERMS);
    }

    private RefusalReason refusal() {
        return reasonOf(() -> read(false));
    }

    @Test
    void endsASession() throws RefusedException {
        claims.put("sid", "s");
        FeedMessage message = read(true);
        assertThat(message.revocations()).containsExactly(SESSION);
        assertThat(message.subject()).isEmpty();
        assertThat(message.issuer()).isEqualTo(ISSUER);
        assertThat(message.tokenId()).isEqualTo("1");
        assertThat(message.ignored()).isEmpty();
    }

    @Test
    void endsAllSessionsOfASubjectUpToNow() throws RefusedException {
        claims.put("sub", "alice");
        assertThat(read(false).revocations()).containsExactly(SUBJECT);
        assertThat(read(false).subject()).contains("alice");
    }

    @Test
    void endsTheOtherSessionsOfTheSubjectOnlyIfThatIsSet() throws RefusedException {
        claims.put("sid", "s");
        claims.put("sub", "alice");
        assertThat(read(false).revocations()).containsExactly(SESSION);
        assertThat(read(true).revocations()).containsExactly(SESSION, SUBJECT);
    }

    @Test
    void namesASubjectOrASession() {
        assertThat(refusal()).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(detailOf(() -> read(false))).isEqualTo("sub or sid");
    }

    @Test
    void isOfTheEventOfLogouts() {
        claims.put("sid", "s");
        claims.put("events", Map.of("https://example.com/other", Map.of()));
        assertThat(refusal()).isEqualTo(RefusalReason.TYPE_MISMATCH);
        claims.remove("events");
        assertThat(refusal()).isEqualTo(RefusalReason.CLAIM_MISSING);
    }

    @Test
    void isNoIdToken() {
        claims.put("sid", "s");
        claims.put("nonce", null);
        assertThat(refusal()).isEqualTo(RefusalReason.TYPE_MISMATCH);
        assertThat(detailOf(() -> read(false))).isEqualTo("nonce");
    }

    @Test
    void hasAnExpiryThatIsNotOver() {
        claims.put("sid", "s");
        claims.put("exp", NOW - 30);
        assertThat(refusal()).isEqualTo(RefusalReason.EXPIRED);
        claims.remove("exp");
        assertThat(refusal()).isEqualTo(RefusalReason.CLAIM_MISSING);
        assertThat(detailOf(() -> read(false))).isEqualTo("exp");
    }

    @Test
    void isForThisApplicationAndHasAnIdentifier() {
        claims.put("sid", "s");
        claims.put("jti", null);
        assertThat(refusal()).isEqualTo(RefusalReason.CLAIM_MISSING);
        claims.put("aud", "other");
        assertThat(refusal()).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
    }
}
