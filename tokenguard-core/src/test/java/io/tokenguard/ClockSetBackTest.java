package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.TokenCache;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A revocation that was over by a clock that ran ahead is in force again once the clock is right. */
class ClockSetBackTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenThatWasGrantedMeanwhileIsRefusedAgain(boolean isCached) {
        TestClock clock = TestClock.startingAt(NOW);
        try (TestIssuer issuer = TestIssuer.builder().clock(clock).start();
                TokenGuard guard = guarding(issuer)
                        .clock(clock)
                        .tokenCache(isCached ? TokenCache.on() : TokenCache.off())
                        .build()) {
            String token = issuer.token()
                    .subject("alice")
                    .expiresIn(Duration.ofHours(3))
                    .sign();
            guard.revoke(Revocation.subject(issuer.issuer(), "alice").until(NOW.plus(Duration.ofMinutes(20))));
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
            clock.advance(Duration.ofMinutes(40));
            assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
            clock.advance(Duration.ofMinutes(-39));
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
        }
    }
}
