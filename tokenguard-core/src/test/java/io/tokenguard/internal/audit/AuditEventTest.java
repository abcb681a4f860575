package io.tokenguard.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.spi.LoggingEventAware;

class AuditEventTest {
    @Test
    void aValueWithSpacesIsQuoted() {
        assertThat(AuditEvent.named("refused").with("a", "b").with("c", "d e").with("f", ""))
                .hasToString("refused a=b c=\"d e\"");
    }

    @Test
    void aBackendThatKnowsPairsGetsEachField() {
        PairLogger log = new PairLogger();
        AuditEvent.named("omitted").with("event", "refused").write(log, Level.INFO);
        assertThat(log.events)
                .singleElement()
                .extracting(LoggingEvent::getKeyValuePairs)
                .isEqualTo(List.of(new KeyValuePair("audit.event", "omitted"), new KeyValuePair("event", "refused")));
    }

    private static final class PairLogger extends LegacyAbstractLogger implements LoggingEventAware {
        private static final long serialVersionUID = 1L;
        private final transient List<LoggingEvent> events = new ArrayList<>();

        @Override
        public void log(LoggingEvent event) {
            events.add(event);
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return PairLogger.class.getName();
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String pattern, Object[] arguments, Throwable failure) {}

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
}
