package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The signature algorithms of one issuer, checked against its keys. HMAC and public keys never serve the same issuer: a token
 * could otherwise choose that a public text is the secret (RFC 8725 §3.1).
 *
 * @param keyPrefix the prefix of the issuer's properties, for messages
 * @param stated the configured algorithms; empty if none are
 * @param location where its keys are
 */
record SignatureSettings(String keyPrefix, Optional<Set<SignatureAlgorithm>> stated, KeyLocation location) {
    /**
     * The accepted algorithms.
     *
     * @throws ConfigurationException if the keys can't verify one of them
     */
    Set<SignatureAlgorithm> accepted() {
        return location instanceof KeyLocation.Secret secret ? withSecret(secret) : withPublicKeys();
    }

    private Set<SignatureAlgorithm> withPublicKeys() {
        Set<SignatureAlgorithm> chosen = stated.orElse(SignatureAlgorithm.defaults());
        for (SignatureAlgorithm algorithm : chosen) {
            if (algorithm.isHmac()) {
                throw ConfigurationException.of(
                        keyPrefix + "algorithms",
                        shown(chosen),
                        "HMAC needs the secret in " + keyPrefix
                                + "hmac-secret-file, and then everyone who can verify tokens"
                                + " can make them; set it and remove other algorithms and keys, or remove "
                                + algorithm);
            }
        }
        return chosen;
    }

    private Set<SignatureAlgorithm> withSecret(KeyLocation.Secret secret) {
        Set<SignatureAlgorithm> chosen = stated.orElse(EnumSet.of(SignatureAlgorithm.HS256));
        for (SignatureAlgorithm algorithm : chosen) {
            if (!algorithm.isHmac()) {
                throw ConfigurationException.of(
                        keyPrefix + "algorithms",
                        shown(chosen),
                        "with " + keyPrefix + "hmac-secret-file an issuer can have HS256, HS384 and HS512 only; remove "
                                + algorithm + ", or the secret");
            }
            requireLength(algorithm, secret.key().getEncoded().length);
        }
        return chosen;
    }

    private static String shown(Set<SignatureAlgorithm> algorithms) {
        return algorithms.stream().map(SignatureAlgorithm::toString).collect(Collectors.joining(","));
    }

    private void requireLength(SignatureAlgorithm algorithm, int bytes) {
        int fewest = fewestBytes(algorithm);
        if (bytes < fewest) {
            throw ConfigurationException.of(
                    keyPrefix + "hmac-secret-file",
                    "(not shown)",
                    "it has " + bytes + " bytes; a secret for " + algorithm + " needs at least " + fewest
                            + " random bytes (RFC 7518 §3.2)");
        }
    }

    private static int fewestBytes(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case HS256 -> 32;
            case HS384 -> 48;
            default -> 64;
        };
    }
}
