package io.tokenguard.testkit;

import java.security.KeyPair;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Turns keys into JWK members (RFC 7518 §6, RFC 8037 §2, RFC 9964 §3), and back. */
final class JwkMembers {
    private JwkMembers() {}

    static Map<String, Object> ofPublic(PublicKey key) {
        return MlDsaKeys.isOne(key)
                ? MlDsaKeys.publicMembers(key)
                : new LinkedHashMap<>(jwk(key).toParams(OutputControlLevel.PUBLIC_ONLY));
    }

    static Map<String, Object> ofPrivate(KeyPair pair) {
        if (MlDsaKeys.isOne(pair.getPublic())) {
            return MlDsaKeys.privateMembers(pair);
        }
        PublicJsonWebKey jwk = jwk(pair.getPublic());
        jwk.setPrivateKey(pair.getPrivate());
        return new LinkedHashMap<>(jwk.toParams(OutputControlLevel.INCLUDE_PRIVATE));
    }

    static String thumbprint(PublicKey key) {
        return MlDsaKeys.isOne(key)
                ? MlDsaKeys.thumbprint(key)
                : jwk(key).calculateBase64urlEncodedThumbprint("SHA-256");
    }

    /** Its members; the message of the exception does not repeat the text. */
    static Map<String, Object> read(String privateJwk) {
        try {
            return JsonUtil.parseJson(privateJwk);
        } catch (JoseException malformed) {
            throw unknown();
        }
    }

    static KeyPair pair(Map<String, Object> privateJwk) {
        try {
            if ("AKP".equals(privateJwk.get("kty"))) {
                return MlDsaKeys.ofJwk(privateJwk);
            }
            if (Secp256k1Keys.CURVE.equals(privateJwk.get("crv"))) {
                return Secp256k1Keys.ofJwk(privateJwk);
            }
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(privateJwk);
            return new KeyPair(key.getPublicKey(), key.getPrivateKey());
        } catch (JoseException | IllegalArgumentException malformed) {
            throw unknown();
        }
    }

    /** Without a cause, whose message would repeat the text. */
    private static IllegalArgumentException unknown() {
        return new IllegalArgumentException("No private JWK of a kind that is known");
    }

    private static PublicJsonWebKey jwk(PublicKey key) {
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(key);
        } catch (JoseException e) {
            throw new IllegalArgumentException("No JWK form for a key of type " + key.getAlgorithm(), e);
        }
    }
}
