package io.tokenguard.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When revocations that a store has rejected are tried again. */
class RejectedRevocationsTest {
    /** The clock may overflow. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);

    private final RejectedRevocations rejected = new RejectedRevocations(nanos::get);

    private static Revocation revocation(int number) {
        return Revocation.token("https://issuer.example.com", "" + number);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void areDueAfterASecondAndThenAfterTwiceTheTimeUpToAMinute() {
        for (int seconds : List.of(1, 2, 4, 8, 16, 32, 64, 64)) {
            rejected.add(revocation(0));
            pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(rejected.due(1)).isEmpty();
            pass(Duration.ofNanos(1));
            assertThat(rejected.due(1)).containsExactly(revocation(0));
        }
    }

    @Test
    void areHandedOutAFewAtATimeAndStay() {
        IntStream.range(0, 5).forEach(number -> rejected.add(revocation(number)));
        pass(Duration.ofSeconds(1));
        assertThat(rejected.due(2)).containsExactly(revocation(0), revocation(1));
        assertThat(rejected.size()).isEqualTo(5);
    }

    @Test
    void areForgottenOnceTheyAreStoredOrOver() {
        IntStream.range(0, 3).forEach(number -> rejected.add(revocation(number)));
        rejected.remove(revocation(0));
        rejected.removeIf(revocation(1)::equals);
        assertThat(rejected.contains(revocation(0))).isFalse();
        assertThat(rejected.contains(revocation(1))).isFalse();
        assertThat(rejected.contains(revocation(2))).isTrue();
        rejected.add(revocation(0));
        pass(Duration.ofSeconds(1));
        assertThat(rejected.due(5)).containsExactly(revocation(2), revocation(0));
    }
}
