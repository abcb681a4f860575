package io.tokenguard.internal.audit;

import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/** Writes one event to the logger {@code io.tokenguard.audit} for each token of a feed that was taken. */
public final class FeedLog {
    private FeedLog() {}

    /**
     * A token was taken.
     *
     * @param issuer who has sent it
     * @param revocations how many it made
     * @param ignored the events that withdraw nothing here
     */
    public static void taken(String issuer, int revocations, List<String> ignored) {
        AuditEvent.named("received")
                .with("issuer", SafeText.value(issuer))
                .with("revocations", String.valueOf(revocations))
                .with("ignored", names(ignored))
                .write(Level.INFO);
    }

    private static String names(List<String> events) {
        return events.stream().limit(8).map(SafeText::path).collect(Collectors.joining(","));
    }
}
