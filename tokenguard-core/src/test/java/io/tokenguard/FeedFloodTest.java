package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.Revocations;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** An issuer that fills the revocation memory with logouts affects its own tokens only. */
class FeedFloodTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final TestIssuer greedy = issuer("greedy");
    private final TestIssuer quiet = issuer("quiet");
    private final TokenGuard guard = GuardedIssuer.guarding(greedy)
            .issuer(GuardedIssuer.trusted(quiet).build())
            .clock(clock)
            .backChannelLogout(BackChannelLogout.strict())
            .revocations(Revocations.local().capacity(1_000))
            .build();

    private TestIssuer issuer(String keyId) {
        return TestIssuer.builder()
                .keys(TestKey.generate(TestAlgorithm.ES256, keyId))
                .clock(clock)
                .start();
    }

    @AfterEach
    void stop() {
        guard.close();
        greedy.close();
        quiet.close();
    }

    private RefusalReason judge(String token) {
        return reasonOf(guard.decide(bearing(token)));
    }

    private void logOut(TestIssuer issuer, String subject, String session) throws RefusedException {
        guard.receiveLogout(
                issuer.logoutToken().subject(subject).claim("sid", session).sign());
    }

    @Test
    void whatIsTooMuchLogsOutTheOlderTokensOfThatIssuerAndSaysSo() throws RefusedException {
        String older = greedy.token().expiresIn(HOUR).sign();
        String ofAnother = quiet.token().expiresIn(HOUR).sign();
        String loggedOut = quiet.token().expiresIn(HOUR).claim("sid", "gone").sign();
        logOut(quiet, "bob", "gone");
        RecordedLog.clear();
        for (int i = 0; i < 1_100; i++) {
            clock.advance(Duration.ofSeconds(1));
            logOut(greedy, "user" + i, "session" + i);
        }
        assertThat(judge(older)).isEqualTo(RefusalReason.REVOKED);
        assertThat(judge(greedy.token().sign())).isNull();
        assertThat(judge(ofAnother)).isNull();
        assertThat(judge(loggedOut)).isEqualTo(RefusalReason.REVOKED);
        assertThat(guard.health().revocation().trouble().orElseThrow()).contains(greedy.issuer());
        assertThat(guard.health().isReady()).isTrue();
        assertThat(guard.health().isDegraded()).isTrue();
        assertThat(RecordedLog.recent())
                .filteredOn(event -> event.level() == Level.ERROR)
                .isNotEmpty()
                .allSatisfy(
                        event -> assertThat(event.text()).contains(greedy.issuer(), "tokenguard.revocation.capacity"));
    }

    @Test
    void aLoopOfLogoutsOfOneUserLogsNobodyElseOut() throws RefusedException {
        String other = greedy.token().expiresIn(HOUR).subject("alice").sign();
        for (int i = 0; i < 2_000; i++) {
            logOut(greedy, "mallory", "session" + i);
        }
        assertThat(judge(other)).isNull();
        assertThat(judge(greedy.token().subject("mallory").sign())).isEqualTo(RefusalReason.REVOKED);
        assertThat(guard.health().revocation().trouble()).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(judge(greedy.token().subject("mallory").sign()))
                .as("a new login")
                .isNull();
    }

    /** What one node receives, another one reads from the store. */
    @Test
    void whatIsTooMuchHitsThatIssuerOnlyOnOtherNodesToo() throws RefusedException {
        DrilledRevocationStore sending = new DrilledRevocationStore();
        DrilledRevocationStore reading = new DrilledRevocationStore();
        reading.sync();
        try (TokenGuard node = node(sending);
                TokenGuard other = node(reading)) {
            String older = greedy.token().expiresIn(HOUR).sign();
            String ofAnother = quiet.token().expiresIn(HOUR).sign();
            for (int i = 0; i < 1_600; i++) {
                clock.advance(Duration.ofMillis(100));
                node.receiveLogout(greedy.logoutToken()
                        .subject("user" + i)
                        .claim("sid", "session" + i)
                        .sign());
            }
            sending.published().forEach(reading::bring);
            other.receiveLogout(
                    quiet.logoutToken().subject("bob").claim("sid", "gone").sign());
            assertThat(reasonOf(other.decide(bearing(older)))).isEqualTo(RefusalReason.REVOKED);
            assertThat(reasonOf(other.decide(bearing(ofAnother)))).isNull();
            assertThat(reasonOf(other.decide(
                            bearing(quiet.token().claim("sid", "gone").sign()))))
                    .isEqualTo(RefusalReason.REVOKED);
            assertThat(other.health().revocation().trouble().orElseThrow()).contains(greedy.issuer());
        }
    }

    private TokenGuard node(DrilledRevocationStore store) {
        return GuardedIssuer.guarding(greedy)
                .issuer(GuardedIssuer.trusted(quiet).build())
                .clock(clock)
                .backChannelLogout(BackChannelLogout.strict())
                .revocations(Revocations.local().capacity(1_000).store(store))
                .build();
    }
}
