package io.tokenguard.internal.jose;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** The thumbprint of a public key (RFC 7638 §3), computed from the key, not from the text of its JWK. */
public final class JwkThumbprint {
    private static final String HASH = "SHA-256";

    private JwkThumbprint() {}

    /**
     * The SHA-256 thumbprint in base64url; for a secret, a text of the same form.
     *
     * @param key a key that meets the rules for keys, or a secret
     * @throws IllegalArgumentException if it is of another type
     */
    public static String of(PublicKey key) {
        if (key instanceof HmacKey secret) {
            return secret.thumbprint();
        }
        Optional<String> members = MlDsaKeys.thumbprintMembers(key);
        if (members.isPresent()) {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Sha256.of(members.get().getBytes(StandardCharsets.US_ASCII)));
        }
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(key).calculateBase64urlEncodedThumbprint(HASH);
        } catch (JoseException unknownKind) {
            throw new IllegalArgumentException("no thumbprint for a key of this kind", unknownKind);
        }
    }
}
