package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When requests stop to ask. */
class BreakerTest {
    private final Breaker breaker = new Breaker();

    @Test
    void opensAfterThreeMissesInARow() {
        assertThat(breaker.missed(0, 50)).isFalse();
        assertThat(breaker.missed(50, 100)).isFalse();
        assertThat(breaker.isClosed(0)).isTrue();
        assertThat(breaker.missed(100, 150)).isTrue();
        assertThat(breaker.isClosed(0)).isFalse();
    }

    @Test
    void countsMissesAtTheSameTimeAsOne() {
        for (int i = 0; i < 64; i++) {
            assertThat(breaker.missed(i, 50 + i)).isFalse();
        }
    }

    @Test
    void countsAnewAfterAnAnswer() {
        breaker.missed(0, 50);
        breaker.missed(50, 100);
        breaker.succeeded();
        assertThat(breaker.missed(100, 150)).isFalse();
    }

    @Test
    void closesByAQuickPulseThatIsLater() {
        breaker.missed(0, 50);
        breaker.missed(50, 100);
        breaker.missed(100, 150);
        assertThat(breaker.isClosed(150)).isFalse();
        assertThat(breaker.isClosed(151)).isTrue();
        assertThat(breaker.isClosed(0)).isTrue();
    }
}
