package io.tokenguard.bench.token;

import java.security.PublicKey;

/**
 * The configuration of every library: one issuer, one audience, one key.
 *
 * @param issuer the only {@code iss} to accept
 * @param audience the only {@code aud} to accept
 * @param algorithm the only {@code alg} to accept
 * @param publicKey the only key to accept
 */
public record Trust(String issuer, String audience, SigningAlgorithm algorithm, PublicKey publicKey) {
    /** The {@code kid} of the key. */
    public String keyId() {
        return "main";
    }
}
