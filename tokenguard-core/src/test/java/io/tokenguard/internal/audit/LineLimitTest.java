package io.tokenguard.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.logging.RecordedLog;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineLimitTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
    private final AtomicInteger written = new AtomicInteger();
    private final LineLimit limit = new LineLimit("event", 3, MINUTE, nanoTime::get);

    @AfterEach
    void clear() {
        RecordedLog.clear();
    }

    private void write(String cause, int times) {
        for (int i = 0; i < times; i++) {
            limit.write(cause, written::incrementAndGet);
        }
    }

    @Test
    void writesItsNumberOfLinesAWindowAndThenSaysHowManyWereLeftOut() {
        RecordedLog.clear();
        write("a", 100);
        assertThat(written).hasValue(3);
        assertThat(RecordedLog.recent()).isEmpty();
        nanoTime.addAndGet(MINUTE.toNanos());
        write("a", 1);
        assertThat(written).hasValue(4);
        assertThat(RecordedLog.recent())
                .singleElement()
                .satisfies(event ->
                        assertThat(event.text()).isEqualTo("97 log lines like the next one were left out (event)"));
    }

    @Test
    void oneCauseTakesNoLinesFromAnother() {
        write("a", 100);
        write("b", 1);
        assertThat(written).hasValue(4);
    }

    /** The seed is fixed. */
    @Test
    void noFloodOfAnyCausesWritesMoreThanItsBound() {
        Random random = new Random(11);
        for (int i = 0; i < 50_000; i++) {
            limit.write("cause " + random.nextInt(5_000), written::incrementAndGet);
        }
        assertThat(written.get()).isLessThanOrEqualTo(101 * 3);
    }
}
