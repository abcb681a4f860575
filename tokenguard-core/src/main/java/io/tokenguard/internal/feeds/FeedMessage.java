package io.tokenguard.internal.feeds;

import io.tokenguard.access.Revocation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A logout token or security event token of an issuer.
 *
 * @param issuer the issuer
 * @param tokenId the token's ID, {@code jti}
 * @param subject the subject of a logout token; empty if it has none, and for events
 * @param issuedAt when it was issued
 * @param revocations what it revokes
 * @param ignored the events that revoke nothing here: unknown ones, and those whose subject matches no token
 */
public record FeedMessage(
        String issuer,
        String tokenId,
        Optional<String> subject,
        Instant issuedAt,
        List<Revocation> revocations,
        List<String> ignored) {
    /** Copies the lists. */
    public FeedMessage {
        revocations = List.copyOf(revocations);
        ignored = List.copyOf(ignored);
    }
}
