package io.tokenguard.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What a store logs about its failures. */
class FailureLogTest {
    /** The clock may overflow. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);

    private final LineLogger lines = new LineLogger();
    private final FailureLog<Concern> log = new FailureLog<>(lines, "Store", Concern.class, nanos::get);

    private enum Concern {
        CONNECTION,
        WRITING
    }

    private enum Failure implements FailureLog.Cause {
        SLOW("it is slow"),
        FULL("it is full");

        private final String words;

        Failure(String words) {
            this.words = words;
        }

        @Override
        public String words() {
            return words;
        }
    }

    private static final class LineLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1;
        private final transient List<String> lines = new ArrayList<>();

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String pattern, Object[] arguments, Throwable failure) {
            assertThat(failure).isNull();
            lines.add(level + " " + MessageFormatter.basicArrayFormat(pattern, arguments));
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return FailureLogTest.class.getName();
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void namesWhatFailsAndWhy() {
        log.begin(Concern.WRITING, Failure.SLOW);
        log.end(Concern.WRITING);
        log.end(Concern.WRITING);
        assertThat(lines.lines)
                .containsExactly("WARN Store (WRITING): it is slow", "INFO Store (WRITING): works again");
    }

    @Test
    void hasOneLineAMinuteForEachConcern() {
        log.begin(Concern.WRITING, Failure.SLOW);
        log.begin(Concern.CONNECTION, Failure.SLOW);
        pass(Duration.ofMinutes(1).minusNanos(1));
        log.begin(Concern.WRITING, Failure.FULL);
        assertThat(lines.lines).hasSize(2);
        pass(Duration.ofNanos(1));
        log.begin(Concern.WRITING, Failure.FULL);
        assertThat(lines.lines).hasSize(3).last().isEqualTo("WARN Store (WRITING): it is full");
    }

    @Test
    void reportsTheEndOnlyOfWhatItReported() {
        log.begin(Concern.WRITING, Failure.SLOW);
        log.end(Concern.WRITING);
        log.begin(Concern.WRITING, Failure.SLOW);
        log.end(Concern.WRITING);
        assertThat(lines.lines).hasSize(2);
    }

    @Test
    void knowsTheMostSeriousOfWhatFailsNow() {
        assertThat(log.mostSerious()).isEmpty();
        log.begin(Concern.WRITING, Failure.FULL);
        assertThat(log.mostSerious()).contains("it is full");
        log.begin(Concern.CONNECTION, Failure.SLOW);
        assertThat(log.mostSerious()).contains("it is slow");
        log.end(Concern.CONNECTION);
        assertThat(log.mostSerious()).contains("it is full");
    }

    @Test
    void namesTheTypeOfAnUnexpectedFailureOnceAMinuteAndNotItsText() {
        log.unexpected("reading", new IllegalStateException("password"));
        log.unexpected("reading", new IllegalStateException("password"));
        pass(Duration.ofMinutes(1));
        log.unexpected("reading", new IllegalStateException("password"));
        assertThat(lines.lines).hasSize(2).containsOnly("ERROR Store: reading failed: java.lang.IllegalStateException");
    }
}
