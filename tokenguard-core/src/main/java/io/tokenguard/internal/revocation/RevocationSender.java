package io.tokenguard.internal.revocation;

import java.util.Optional;

/**
 * The issuer that sent a revocation.
 *
 * @param issuer its identifier; empty if this node's application, or another node, made the revocation
 * @param subject the subject of the revoked tokens; empty if it is not known
 */
public record RevocationSender(String issuer, Optional<String> subject) {
    /** Not an issuer. */
    public static final RevocationSender NONE = new RevocationSender("", Optional.empty());
}
