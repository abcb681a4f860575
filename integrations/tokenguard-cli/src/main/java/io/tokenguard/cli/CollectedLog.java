package io.tokenguard.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** The warnings and errors that the library has logged. Thread-safe. */
final class CollectedLog implements ILoggerFactory {
    private static final int MOST_LINES = 1_000;

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final List<Line> lines = new ArrayList<>();

    /**
     * One line.
     *
     * @param level warning or error
     * @param logger the logger
     * @param text the text, with its parameters
     */
    record Line(Level level, String logger, String text) {}

    /** That of this process. */
    static CollectedLog current() {
        return (CollectedLog) LoggerFactory.getILoggerFactory();
    }

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, unused -> new CollectingLogger(name, this));
    }

    /** Forgets the lines of earlier commands. */
    synchronized void clear() {
        lines.clear();
    }

    /** The lines since then. */
    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    private synchronized void add(Line line) {
        if (lines.size() < MOST_LINES) {
            lines.add(line);
        }
    }

    private static final class CollectingLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        private final transient CollectedLog log;

        CollectingLogger(String name, CollectedLog log) {
            this.name = name;
            this.log = log;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        @SuppressWarnings("NullAway") // SLF4J passes null for what a call leaves out
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable cause) {
            log.add(new Line(level, name, MessageFormatter.basicArrayFormat(message, arguments)));
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
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
