package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RepeatedFailureTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE);
    private final RepeatedFailure failure = new RepeatedFailure(nanoTime::get);
    private final List<Long> lines = new ArrayList<>();

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            failure.log(lines::add);
        }
    }

    @Test
    void writesALineAMinuteWithTheNumberOfFailures() {
        fail(1_000);
        assertThat(lines).containsExactly(1L);
        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
        fail(1);
        assertThat(lines).hasSize(1);
        nanoTime.addAndGet(1);
        fail(1);
        assertThat(lines).containsExactly(1L, 1_001L);
    }
}
