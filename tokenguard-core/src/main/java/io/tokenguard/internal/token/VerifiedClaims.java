package io.tokenguard.internal.token;

import io.tokenguard.spi.VerificationKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Claims that were verified to come from their issuer; not yet checked.
 *
 * @param members the claims by name, deeply immutable
 * @param key the key that verified them; null where the issuer itself has said them (RFC 7662)
 */
public record VerifiedClaims(
        Map<String, @Nullable Object> members, @Nullable VerificationKey key) {
    /** Shows nothing of the claims. */
    @Override
    public String toString() {
        return "VerifiedClaims[not shown]";
    }
}
