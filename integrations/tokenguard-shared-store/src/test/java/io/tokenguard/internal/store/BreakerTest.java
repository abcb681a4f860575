package io.tokenguard.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When requests stop to ask. */
class BreakerTest {
    private static final long NEVER = -1;

    private final Breaker breaker = new Breaker();

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private boolean missed(long from, long until) {
        return missed(from, until, NEVER);
    }

    private boolean missed(long from, long until, long quickAt) {
        return breaker.missed(nanos(from), nanos(until), nanos(quickAt));
    }

    private boolean isClosed(long quickAt) {
        return breaker.isClosed(nanos(quickAt));
    }

    @Test
    void opensAfterThreeMissesInARowWithinHalfASecond() {
        assertThat(missed(0, 250)).isFalse();
        assertThat(missed(250, 500)).isFalse();
        assertThat(isClosed(0)).isTrue();
        assertThat(missed(500, 750)).isTrue();
        assertThat(isClosed(0)).isFalse();
    }

    @Test
    void staysClosedInAShortPauseHoweverManyMissesItCauses() {
        for (int i = 0; i < 9; i++) {
            assertThat(missed(50L * i, 50L * i + 50)).isFalse();
        }
        assertThat(isClosed(0)).isTrue();
        assertThat(missed(450, 500)).isTrue();
        assertThat(isClosed(0)).isFalse();
    }

    @Test
    void countsMissesAtTheSameTimeAsOne() {
        for (int i = 0; i < 64; i++) {
            assertThat(missed(i, 1_000 + i)).isFalse();
        }
        assertThat(isClosed(NEVER)).isTrue();
        assertThat(breaker.hasMissed()).isTrue();
    }

    @Test
    void countsAnewAfterAnAnswer() {
        missed(0, 250);
        missed(250, 500);
        assertThat(breaker.hasMissed()).isTrue();
        breaker.succeeded();
        assertThat(breaker.hasMissed()).isFalse();
        assertThat(missed(500, 750)).isFalse();
        assertThat(missed(750, 1_000)).isFalse();
        assertThat(missed(60_000, 60_250)).isFalse();
    }

    @Test
    void countsAnewAfterAProbeThatWasAnswered() {
        missed(0, 250);
        missed(250, 500);
        assertThat(missed(500, 750, 600)).isFalse();
        assertThat(missed(750, 1_000, 600)).isFalse();
        assertThat(missed(1_000, 1_250, 600)).isTrue();
    }

    @Test
    void countsAnewAfterAQuietTime() {
        missed(0, 250);
        missed(250, 500);
        assertThat(missed(60_000, 60_250)).isFalse();
    }

    @Test
    void closesByAQuickProbeThatIsLater() {
        missed(0, 250);
        missed(250, 500);
        missed(500, 750);
        assertThat(isClosed(750)).isFalse();
        assertThat(isClosed(751)).isTrue();
        assertThat(isClosed(0)).isTrue();
    }
}
