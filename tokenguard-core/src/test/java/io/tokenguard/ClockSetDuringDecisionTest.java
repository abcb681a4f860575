package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is set while a decision runs makes no revoked token good, then or later. */
class ClockSetDuringDecisionTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration FAR_AHEAD = Duration.ofDays(3);

    private final TestClock wall = TestClock.startingAt(NOW);
    private final AtomicInteger untilAhead = new AtomicInteger(Integer.MAX_VALUE);
    private final TestIssuer issuer =
            TestIssuer.builder().clock(wall).algorithms(TestAlgorithm.ES256).start();
    private final TokenGuard guard = guarding(issuer).clock(new Settable()).build();

    /** Reads the right time, then, after a number of readings, a time far ahead. */
    private final class Settable extends Clock {
        @Override
        public Instant instant() {
            return untilAhead.getAndDecrement() > 0
                    ? wall.instant()
                    : wall.instant().plus(FAR_AHEAD);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("only UTC");
        }
    }

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    private RefusalReason decideWithClockAheadAfter(int readings, String token) {
        untilAhead.set(readings);
        RefusalReason reason = reasonOf(guard.decide(bearing(token)));
        untilAhead.set(Integer.MAX_VALUE);
        return reason;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void aRevokedTokenIsRefusedWhereverTheClockIsSet(int readings) {
        String token = issuer.token().subject("alice").tokenId("id").sign();
        assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
        guard.revoke(Revocation.subject(issuer.issuer(), "alice").issuedBefore(NOW.plusSeconds(1)));

        assertThat(decideWithClockAheadAfter(readings, token)).isNotNull();
        assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
    }
}
