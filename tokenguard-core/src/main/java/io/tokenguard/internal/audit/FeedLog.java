package io.tokenguard.internal.audit;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/**
 * Writes one event to the logger {@code io.tokenguard.audit} for each accepted token of a feed: of each issuer at most a number
 * a second. Thread-safe.
 */
public final class FeedLog {
    private final LineLimit lines;

    /**
     * A log.
     *
     * @param linesPerSecond how many lines a second are written of each issuer
     * @param nanoTime the time, from a source that never jumps
     */
    public FeedLog(int linesPerSecond, LongSupplier nanoTime) {
        this.lines = new LineLimit("received events", linesPerSecond, Duration.ofSeconds(1), nanoTime);
    }

    /**
     * A token was accepted.
     *
     * @param feed {@code logout} or {@code events}
     * @param issuer the issuer that has sent it
     * @param revocations how many it made
     * @param ignored the events that revoke nothing here
     */
    public void accepted(String feed, String issuer, int revocations, List<String> ignored) {
        lines.write(
                issuer,
                () -> AuditEvent.named("received")
                        .with("feed", feed)
                        .with("issuer", SafeText.issuer(issuer))
                        .with("revocations", String.valueOf(revocations))
                        .with("ignored", names(ignored))
                        .write(Level.INFO));
    }

    private static String names(List<String> events) {
        return events.stream().limit(8).map(SafeText::path).collect(Collectors.joining(","));
    }
}
