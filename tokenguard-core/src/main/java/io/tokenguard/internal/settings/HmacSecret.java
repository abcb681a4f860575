package io.tokenguard.internal.settings;

import io.tokenguard.access.ConfigurationException;
import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Checks a configured secret for HMAC. */
final class HmacSecret {
    private static final int MOST_BYTES = 4096;

    private HmacSecret() {}

    /**
     * The secret, copied.
     *
     * @param key the property, for messages
     * @throws ConfigurationException if it is empty, too long, or the text of a key; the message contains nothing of it
     */
    static SecretKey checked(String key, byte[] secret) {
        String text = new String(secret, StandardCharsets.ISO_8859_1);
        if (text.isBlank()) {
            throw ConfigurationException.missing(key, "the secret is empty; set the secret that the issuer signs with");
        }
        if (secret.length > MOST_BYTES) {
            throw wrong(key, "it has " + secret.length + " bytes; a secret has at most " + MOST_BYTES);
        }
        if (text.contains("-----BEGIN ")) {
            throw wrong(
                    key,
                    "it is PEM, and a public key is no secret; set jwks-file for public keys, or the secret itself");
        }
        if (text.stripLeading().startsWith("{")) {
            throw wrong(key, "it is JSON; set the secret itself, or, of a JWK, base64url: and then the value of k");
        }
        return new SecretKeySpec(secret, "HMAC");
    }

    private static ConfigurationException wrong(String key, String remedy) {
        return ConfigurationException.of(key, "(not shown)", remedy);
    }
}
