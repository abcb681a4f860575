package io.tokenguard.internal.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Places for requests that wait, and the tokens that have some of them to themselves. */
class WaitingRequestsTest {
    private static final byte[] CONFIGURATION = new byte[32];

    /** Of these requests one is reserved. */
    private static CallLimits limits(int waiting) {
        return new CallLimits(8, waiting, Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ZERO);
    }

    @Test
    void keepsItsReservedPlacesForActiveTokens() {
        WaitingRequests requests = new WaitingRequests(limits(3));
        assertThat(requests.enter(false)).isTrue();
        assertThat(requests.enter(false)).isTrue();
        assertThat(requests.enter(false)).isFalse();
        assertThat(requests.enter(true)).isTrue();
        assertThat(requests.enter(true)).isFalse();
        requests.leave(true);
        assertThat(requests.enter(false)).as("the reserved place").isFalse();
        requests.leave(false);
        assertThat(requests.enter(false)).isTrue();
    }

    @Test
    void activeTokensMayTakeAllPlaces() {
        WaitingRequests requests = new WaitingRequests(limits(2));
        assertThat(requests.enter(true)).isTrue();
        assertThat(requests.enter(true)).isTrue();
        assertThat(requests.enter(false)).isFalse();
        requests.leave(true);
        assertThat(requests.enter(false))
                .as("the refused request left its place")
                .isTrue();
    }

    @Test
    void aTokenIsRecentlyActiveForItsTime() {
        TestClock clock = TestClock.startingAt(Instant.EPOCH);
        RecentTokens recent =
                new RecentTokens(Duration.ofMinutes(5), () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
        TokenHash token = TokenHash.of(CONFIGURATION, "token");
        TokenHash other = TokenHash.of(CONFIGURATION, "other");
        assertThat(recent.contains(token)).isFalse();
        recent.add(token);
        recent.add(other);
        assertThat(recent.size()).isEqualTo(2);
        recent.remove(other);
        assertThat(recent.contains(other)).isFalse();
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(recent.contains(TokenHash.of(CONFIGURATION, "token"))).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(recent.contains(token)).isFalse();
        assertThat(recent.size()).isZero();
    }

    @Test
    void aTokenIsKnownByAllOfItsHashAndItsConfiguration() {
        TokenHash hash = new TokenHash(1, 2, 3, 4);
        assertThat(hash).isEqualTo(new TokenHash(1, 2, 3, 4)).hasToString("TokenHash[not shown]");
        assertThat(hash.hashCode()).isEqualTo(new TokenHash(1, 0, 0, 0).hashCode());
        assertThat(hash.hashCode()).isNotEqualTo(new TokenHash(2, 2, 3, 4).hashCode());
        assertThat(hash)
                .isNotEqualTo(new TokenHash(0, 2, 3, 4))
                .isNotEqualTo(new TokenHash(1, 0, 3, 4))
                .isNotEqualTo(new TokenHash(1, 2, 0, 4))
                .isNotEqualTo(new TokenHash(1, 2, 3, 0))
                .isNotEqualTo("hash");
        byte[] elsewhere = new byte[32];
        elsewhere[31] = 1;
        assertThat(TokenHash.of(CONFIGURATION, "token")).isNotEqualTo(TokenHash.of(elsewhere, "token"));
    }
}
