package io.tokenguard.internal.token;

import io.tokenguard.spi.VerificationKey;
import java.util.Collections;
import java.util.HashMap;
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
    /** The same claims with this issuer in {@code iss}. */
    public VerifiedClaims issuedBy(String issuer) {
        Map<String, @Nullable Object> changed = new HashMap<>(members);
        changed.put("iss", issuer);
        return new VerifiedClaims(Collections.unmodifiableMap(changed), key);
    }

    /** Claims of a verified token, of which some that it lacks come from its issuer's answer (RFC 7662). */
    public static VerifiedClaims completed(Map<String, @Nullable Object> members) {
        return new VerifiedClaims(members, null);
    }

    /** Contains none of the claims. */
    @Override
    public String toString() {
        return "VerifiedClaims[not shown]";
    }
}
