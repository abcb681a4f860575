package io.tokenguard.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.access.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the audit log says about the revocation of a token. */
class FoundRevocationTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant ISSUED = NOW.minusSeconds(60);
    private static final String ISSUER = "https://issuer.example";
    private static final RevocationLimits LIMITS =
            new RevocationLimits(1_000, Duration.ofDays(1), Duration.ofDays(30), Duration.ZERO);
    private static final Revocation SUBJECT = Revocation.subject(ISSUER, "alice");

    private final RevocationMemory memory = new RevocationMemory(LIMITS);

    private void add(Revocation revocation, Instant moment) {
        assertThat(memory.add(LIMITS.retained(revocation, moment), moment, moment))
                .isTrue();
    }

    private Finding explain(Revocation target, long issuedAt) {
        return FoundRevocation.explain(memory.placeOf(target, NOW).covering(issuedAt), target.kind(), issuedAt);
    }

    private Finding explain(Revocation target) {
        return explain(target, ISSUED.getEpochSecond());
    }

    @Test
    void namesWhenAnApplicationRevokedIt() {
        add(SUBJECT, NOW.minusSeconds(5));
        assertThat(explain(SUBJECT))
                .isEqualTo(Finding.of(
                        "the subject was revoked at 2029-12-31T23:59:55Z by an application; iat 2029-12-31T23:59:00Z",
                        "a token that no revocation covers"));
    }

    @Test
    void namesTheMomentFromWhichTokensAreAcceptedAgain() {
        add(SUBJECT.issuedBefore(NOW.minusSeconds(10)), NOW.minusSeconds(5));
        assertThat(explain(SUBJECT).expected()).isEqualTo("a token issued at 2029-12-31T23:59:50Z or later");
    }

    @Test
    void namesTheIssuerThatSentIt() {
        memory.learn(Set.of(ISSUER));
        add(SUBJECT.sentBy(ISSUER), NOW.minusSeconds(5));
        assertThat(explain(SUBJECT).found())
                .startsWith(
                        "the subject was revoked at 2029-12-31T23:59:55Z by https://issuer.example (logout or event)");
    }

    @Test
    void namesAnApplicationIfBothRevokedIt() {
        memory.learn(Set.of(ISSUER));
        add(SUBJECT.sentBy(ISSUER), NOW.minusSeconds(9));
        add(SUBJECT, NOW.minusSeconds(5));
        assertThat(explain(SUBJECT).found())
                .startsWith("the subject was revoked at 2029-12-31T23:59:55Z by an application");
    }

    @Test
    void namesTheEndIfTheRevocationHasOne() {
        Revocation session = Revocation.session(ISSUER, "s").until(NOW.plusSeconds(30));
        assertThat(memory.add(session, NOW.plusSeconds(30), NOW)).isTrue();
        assertThat(explain(session, Long.MIN_VALUE).found())
                .isEqualTo("the session was revoked by an application, until 2030-01-01T00:00:30Z; no iat");
    }

    @Test
    void namesAFold() {
        memory.learn(Set.of(ISSUER));
        for (int i = 0; i <= 1_000; i++) {
            add(Revocation.session(ISSUER, "s" + i).sentBy(ISSUER), NOW.minusSeconds(2_000 - i));
        }
        Revocation issuer = Revocation.issuer(ISSUER);
        long early = NOW.minusSeconds(2_000).getEpochSecond();
        assertThat(explain(issuer, early).found())
                .startsWith("all tokens of the issuer up to " + NOW.minusSeconds(1_501)
                        + " were revoked to make place for its newer revocations");
    }

    @Test
    void anApplicationThatRevokesAnIssuerIsNoFold() {
        add(Revocation.issuer(ISSUER).issuedBefore(NOW), NOW);
        assertThat(explain(Revocation.issuer(ISSUER)).found())
                .startsWith("the issuer was revoked at 2030-01-01T00:00:00Z by an application");
    }

    @Test
    void aRevocationThatHasExpiredSinceIsNamedByItsKindOnly() {
        assertThat(explain(SUBJECT))
                .isEqualTo(Finding.of(
                        "a revocation of the subject; iat 2029-12-31T23:59:00Z", "a token that no revocation covers"));
    }
}
