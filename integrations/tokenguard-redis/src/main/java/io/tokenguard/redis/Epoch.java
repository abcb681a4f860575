package io.tokenguard.redis;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A time in which one server, or the same masters of a cluster, lost no data.
 *
 * @param fingerprint identifies the server processes
 * @param since when the first node saw them
 */
record Epoch(String fingerprint, Instant since) {
    private static final int LONGEST_NUMBER = 15;

    String text() {
        return fingerprint + " " + since.toEpochMilli();
    }

    /** Reads what a node wrote; empty if it is absent or malformed. */
    static Optional<Epoch> read(@Nullable String text) {
        int space = text == null ? -1 : text.lastIndexOf(' ');
        if (text == null || space < 0 || text.length() - space > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            long millis = Long.parseLong(text.substring(space + 1));
            return Optional.of(new Epoch(text.substring(0, space), Instant.ofEpochMilli(millis)));
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
    }
}
