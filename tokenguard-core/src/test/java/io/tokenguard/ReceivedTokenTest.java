package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A logout token or event token is acknowledged once what it revokes is kept, and not before. */
class ReceivedTokenTest {
    private static final String DISABLED = "https://schemas.openid.net/secevent/risc/event-type/account-disabled";
    private static final int CAPACITY = 1_000;

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final TestIssuer issuer = TestIssuer.builder()
            .keys(TestKey.generate(TestAlgorithm.ES256, "main"))
            .clock(clock)
            .start();
    private final String token = issuer.token().subject("alice").sign();
    private final String logout = issuer.logoutToken().subject("alice").sign();
    private final String event = issuer.securityEvent(
                    DISABLED, Map.of("format", "iss_sub", "iss", issuer.issuer(), "sub", "alice"))
            .sign();
    private final TokenGuard guard = settings(CAPACITY).build();

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    private TokenGuardBuilder settings(int capacity) {
        return guarding(issuer)
                .clock(clock)
                .revocations(Revocations.local().capacity(capacity).outage(FailurePolicy.FAIL_OPEN));
    }

    private void fill() {
        for (int i = 0; i < CAPACITY; i++) {
            guard.revoke(Revocation.token(issuer.issuer(), "other" + i));
        }
    }

    private int postLogout() {
        return guard.receiveLogout(
                        FeedDrill.post("/backchannel-logout", "application/x-www-form-urlencoded")
                                .build(),
                        FeedDrill.stream("logout_token=" + logout))
                .status();
    }

    private int postEvent() {
        return guard.receiveEvents(
                        FeedDrill.post("/events", "application/secevent+jwt").build(), FeedDrill.stream(event))
                .status();
    }

    private RefusalReason decide() {
        return reasonOf(guard.decide(bearing(token)));
    }

    private static RefusalReason reason(ThrowingCallable reception) {
        return catchThrowableOfType(RefusedException.class, reception).reason();
    }

    @Test
    void aLogoutThatIsNotKeptIsAnsweredWith503AndTakesEffectWhenItIsSentAgain() {
        fill();
        assertThat(postLogout()).isEqualTo(503);
        assertThat(decide()).isNull();
        guard.reconfigure(settings(2 * CAPACITY));
        assertThat(postLogout()).isEqualTo(200);
        assertThat(decide()).isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void anEventThatIsNotKeptIsAnsweredWith503AndTakesEffectWhenItIsSentAgain() {
        fill();
        assertThat(postEvent()).isEqualTo(503);
        assertThat(decide()).isNull();
        guard.reconfigure(settings(2 * CAPACITY));
        assertThat(postEvent()).isEqualTo(202);
        assertThat(decide()).isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void theApplicationThatHandsOneInGetsAReasonThatIsNoVerdict() {
        fill();
        assertThat(reason(() -> guard.receiveLogout(logout))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        assertThat(reason(() -> guard.receiveEvents(event))).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
    }

    @Test
    void aStoreThatDidNotKeepItIsToldAgain() {
        DrilledRevocationStore store = new DrilledRevocationStore() {
            @Override
            public boolean publish(Revocation revocation) {
                super.publish(revocation);
                return published().size() > 1;
            }
        };
        guard.reconfigure(guarding(issuer).clock(clock).revocations(Revocations.shared(store)));
        assertThat(postEvent()).isEqualTo(503);
        assertThat(postEvent()).isEqualTo(202);
        assertThat(postEvent()).isEqualTo(202);
        assertThat(store.published()).hasSize(2);
    }
}
