package io.tokenguard.internal.token;

import io.tokenguard.access.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * The parsed header of a token.
 *
 * @param algorithm the algorithm that the token claims
 * @param keyId the key ID, {@code kid}; null if absent
 * @param type the type in lower case and without {@code application/}, {@code typ}; empty if absent, null if malformed
 */
public record JoseHeader(
        SignatureAlgorithm algorithm,
        @Nullable String keyId,
        @Nullable String type) {}
