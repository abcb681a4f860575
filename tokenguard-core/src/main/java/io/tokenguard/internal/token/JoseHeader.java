package io.tokenguard.internal.token;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.KeyReference;
import org.jspecify.annotations.Nullable;

/**
 * The parsed header of a token.
 *
 * @param algorithm the algorithm that the token claims
 * @param key how it names the key that signed the token
 * @param type the type in lower case and without {@code application/}, {@code typ}; empty if absent, null if malformed
 */
public record JoseHeader(
        SignatureAlgorithm algorithm,
        KeyReference key,
        @Nullable String type) {
    /** The key ID, {@code kid}; null if absent. */
    public @Nullable String keyId() {
        return key.keyId();
    }
}
