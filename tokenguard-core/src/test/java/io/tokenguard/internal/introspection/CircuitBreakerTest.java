package io.tokenguard.internal.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 500_000_000L);
    private final CircuitBreaker breaker = new CircuitBreaker(nanoTime::get);

    private static TokenHash token(int number) {
        return new TokenHash(number, number, number, number);
    }

    private void fail(int first, int count) {
        for (int i = first; i < first + count; i++) {
            breaker.failed(token(i), Duration.ZERO);
        }
    }

    private boolean mayCall(boolean isActive) {
        return breaker.begin(isActive).isZero();
    }

    private void advance(long millis) {
        nanoTime.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void opensOnceCallsAboutFiveDifferentTokensHaveFailed() {
        fail(1, 4);
        assertThat(mayCall(false)).isTrue();
        fail(5, 1);
        assertThat(mayCall(false)).isFalse();
        assertThat(breaker.isStopped()).isTrue();
    }

    @Test
    void countsATokenOnceHoweverOftenItFails() {
        for (int i = 0; i < 100; i++) {
            fail(1, 4);
        }
        assertThat(breaker.isStopped()).isFalse();
    }

    @Test
    void startsToCountAgainAfterASuccess() {
        fail(1, 4);
        breaker.succeeded();
        fail(5, 4);
        assertThat(breaker.isStopped()).isFalse();
    }

    @Test
    void letsOneProbeASecondThroughAndOneMoreAboutTokensThatWereActive() {
        fail(1, 5);
        for (int second = 0; second < 10; second++) {
            advance(999);
            assertThat(mayCall(false)).isFalse();
            assertThat(mayCall(true)).isFalse();
            advance(1);
            assertThat(mayCall(false)).isTrue();
            assertThat(mayCall(false)).isFalse();
            assertThat(mayCall(true)).isTrue();
            assertThat(mayCall(true)).isFalse();
            fail(100 + second, 1);
        }
    }

    @Test
    void closesWithTheNextAnswer() {
        fail(1, 5);
        breaker.succeeded();
        assertThat(mayCall(false)).isTrue();
        fail(6, 4);
        assertThat(breaker.isStopped()).isFalse();
    }

    @Test
    void heedsTheRetryAfterOfFailuresOnlyOnceItIsOpen() {
        breaker.failed(token(1), Duration.ofSeconds(20));
        assertThat(mayCall(false)).isTrue();
        fail(2, 3);
        breaker.failed(token(5), Duration.ofSeconds(20));
        advance(19_999);
        assertThat(mayCall(true)).isFalse();
        advance(1);
        assertThat(mayCall(true)).isTrue();
    }

    @Test
    void pausesForAtLeastOneSecondAndAtMostThirty() {
        breaker.pause(Duration.ZERO);
        assertThat(breaker.waitFor(true)).isEqualTo(Duration.ofSeconds(1));
        breaker.pause(Duration.ofDays(1));
        assertThat(breaker.waitFor(true)).isEqualTo(Duration.ofSeconds(30));
        breaker.succeeded();
        assertThat(mayCall(true))
                .as("an answer that was under way ends no pause")
                .isFalse();
        advance(30_000);
        assertThat(mayCall(false)).isTrue();
        assertThat(breaker.isStopped()).isFalse();
    }
}
