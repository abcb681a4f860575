package io.tokenguard.internal.audit;

import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one event to the logger {@code io.tokenguard.audit} for each accepted logout token or security event token. */
public final class FeedLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.tokenguard.audit");

    private FeedLog() {}

    /**
     * A token was accepted.
     *
     * @param issuer its issuer
     * @param revocations how many revocations it caused
     * @param ignored the events that revoke nothing here
     */
    public static void taken(String issuer, int revocations, List<String> ignored) {
        LOG.info(
                "received issuer={} revocations={}{}",
                SafeText.value(issuer),
                revocations,
                ignored.isEmpty() ? "" : " ignored=" + names(ignored));
    }

    private static String names(List<String> events) {
        return events.stream().limit(8).map(SafeText::path).collect(Collectors.joining(","));
    }
}
