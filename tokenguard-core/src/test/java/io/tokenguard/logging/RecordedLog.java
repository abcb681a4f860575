package io.tokenguard.logging;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.slf4j.event.Level;

/**
 * Every log event of this test run, whatever its logger and level. It keeps the events since the last {@link #clear()}, and
 * for the whole run those that show something that looks like a token.
 */
public final class RecordedLog {
    /**
     * At the start of a word: a thumbprint, which names a key, may have these letters in its midst. Longer than a fingerprint of 16
     * characters, and not a hash of 43 characters, which may begin with them; a header of 43 characters has a dot behind it.
     */
    private static final Pattern TOKEN =
            Pattern.compile("(?<![A-Za-z0-9_-])eyJ(?![A-Za-z0-9_-]{40}(?![A-Za-z0-9_.-]))[A-Za-z0-9_-]{14,}");

    private static final List<Event> RECENT = new CopyOnWriteArrayList<>();
    private static final List<Event> LEAKS = new CopyOnWriteArrayList<>();

    private static volatile boolean failing;

    private RecordedLog() {}

    /** One event, its parameters filled in and its exception written out. */
    public record Event(String logger, Level level, String text) {}

    /** Makes everything that TokenGuard logs fail, as an appender does whose disk is full, or no longer. */
    public static void fail(boolean fails) {
        failing = fails;
    }

    static void add(Event event) {
        if (failing && event.logger().startsWith("io.tokenguard")) {
            throw new IllegalStateException("log");
        }
        if (TOKEN.matcher(event.text()).find()) {
            LEAKS.add(event);
        }
        if (event.logger().startsWith("io.tokenguard")) {
            RECENT.add(event);
        }
    }

    public static void clear() {
        RECENT.clear();
    }

    /** What TokenGuard's own loggers said since the last clearing. */
    public static List<Event> recent() {
        return List.copyOf(RECENT);
    }

    /** The audit events since the last clearing. */
    public static List<String> audit() {
        return RECENT.stream()
                .filter(event -> event.logger().equals("io.tokenguard.audit"))
                .map(Event::text)
                .toList();
    }

    /** Events of the whole run that show a token. */
    public static List<Event> leaks() {
        return List.copyOf(LEAKS);
    }
}
