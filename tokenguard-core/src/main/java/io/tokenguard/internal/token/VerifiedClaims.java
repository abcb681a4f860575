package io.tokenguard.internal.token;

import io.tokenguard.spi.VerificationKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Claims that come from their issuer; not validated.
 *
 * @param members the claims by name, deeply immutable
 * @param key the key that verified them; null for an introspection answer (RFC 7662)
 */
public record VerifiedClaims(
        Map<String, @Nullable Object> members, @Nullable VerificationKey key) {
    /** Contains none of the claims. */
    @Override
    public String toString() {
        return "VerifiedClaims[not shown]";
    }
}
