package io.tokenguard.internal.token;

import io.tokenguard.access.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a token's header.
 *
 * @param algorithm the algorithm that the token claims
 * @param keyId the key that it names, {@code kid}; null where it names none
 * @param type its type in lower case and without {@code application/}, {@code typ}; empty where it states none
 */
public record JoseHeader(
        SignatureAlgorithm algorithm, @Nullable String keyId, String type) {}
