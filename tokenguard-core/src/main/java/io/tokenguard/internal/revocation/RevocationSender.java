package io.tokenguard.internal.revocation;

import java.time.Instant;
import java.util.Optional;

/**
 * The issuer that sent a revocation.
 *
 * @param issuer its identifier; empty if this node's application made the revocation
 * @param subject whose tokens it revokes; empty if that is not known
 * @param sentAt when, by the issuer's clock
 */
public record RevocationSender(String issuer, Optional<String> subject, Instant sentAt) {
    /** Not an issuer. */
    public static final RevocationSender NONE = new RevocationSender("", Optional.empty(), Instant.MIN);
}
