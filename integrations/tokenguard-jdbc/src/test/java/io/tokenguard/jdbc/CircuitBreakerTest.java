package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When requests stop to ask. */
class CircuitBreakerTest {
    private final CircuitBreaker breaker = new CircuitBreaker();

    private boolean isOpenAfterMiss(long from, long until) {
        breaker.missed(
                Duration.ofMillis(from).toNanos(), Duration.ofMillis(until).toNanos());
        return breaker.isOpen();
    }

    @Test
    void opensAfterThreeMissesInARowWithinHalfASecond() {
        assertThat(isOpenAfterMiss(0, 250)).isFalse();
        assertThat(isOpenAfterMiss(250, 500)).isFalse();
        assertThat(isOpenAfterMiss(500, 750)).isTrue();
    }

    @Test
    void staysClosedInAShortPauseHoweverManyMissesItCauses() {
        for (int i = 0; i < 9; i++) {
            assertThat(isOpenAfterMiss(50L * i, 50L * i + 50)).isFalse();
        }
        assertThat(isOpenAfterMiss(450, 500)).isTrue();
    }

    @Test
    void countsMissesAtTheSameTimeAsOne() {
        for (int i = 0; i < 64; i++) {
            assertThat(isOpenAfterMiss(i, 1_000 + i)).isFalse();
        }
        assertThat(breaker.hasMissed()).isTrue();
    }

    @Test
    void countsAnewAfterAnAnswerAndAfterAQuietTime() {
        isOpenAfterMiss(0, 250);
        isOpenAfterMiss(250, 500);
        breaker.reset();
        assertThat(breaker.hasMissed()).isFalse();
        assertThat(isOpenAfterMiss(500, 750)).isFalse();
        assertThat(isOpenAfterMiss(750, 1_000)).isFalse();
        assertThat(isOpenAfterMiss(60_000, 60_250)).isFalse();
    }
}
