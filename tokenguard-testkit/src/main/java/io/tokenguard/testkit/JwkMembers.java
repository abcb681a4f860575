package io.tokenguard.testkit;

import java.security.KeyPair;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Turns keys into JWK members (RFC 7518 §6, RFC 8037 §2). */
final class JwkMembers {
    private JwkMembers() {}

    static Map<String, Object> ofPublic(PublicKey key) {
        return new LinkedHashMap<>(jwk(key).toParams(OutputControlLevel.PUBLIC_ONLY));
    }

    static Map<String, Object> ofPrivate(KeyPair pair) {
        PublicJsonWebKey jwk = jwk(pair.getPublic());
        jwk.setPrivateKey(pair.getPrivate());
        return new LinkedHashMap<>(jwk.toParams(OutputControlLevel.INCLUDE_PRIVATE));
    }

    static String thumbprint(PublicKey key) {
        return jwk(key).calculateBase64urlEncodedThumbprint("SHA-256");
    }

    static PublicJsonWebKey read(String privateJwk) {
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(privateJwk);
        } catch (JoseException malformed) {
            // Its message repeats the text.
            throw new IllegalArgumentException("No private JWK of a kind that is known");
        }
    }

    private static PublicJsonWebKey jwk(PublicKey key) {
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(key);
        } catch (JoseException e) {
            throw new IllegalArgumentException("No JWK form for a key of type " + key.getAlgorithm(), e);
        }
    }
}
