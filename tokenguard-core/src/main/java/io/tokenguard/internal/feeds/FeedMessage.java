package io.tokenguard.internal.feeds;

import io.tokenguard.access.Revocation;
import java.util.List;
import java.util.Optional;

/**
 * What an issuer has sent.
 *
 * @param issuer who
 * @param tokenId which of its tokens it is, {@code jti}
 * @param subject the subject of a logout token; empty if it has none, and for events
 * @param revocations what it withdraws
 * @param ignored the events that withdraw nothing here: unknown ones, and those of subjects that cannot be told
 */
public record FeedMessage(
        String issuer, String tokenId, Optional<String> subject, List<Revocation> revocations, List<String> ignored) {
    /** Copies the lists. */
    public FeedMessage {
        revocations = List.copyOf(revocations);
        ignored = List.copyOf(ignored);
    }
}
