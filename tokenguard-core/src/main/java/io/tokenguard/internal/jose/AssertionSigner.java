package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.PrivateKey;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Signs assertions that authenticate this API (RFC 7523 §3).
 *
 * @param key the private key
 * @param algorithm the signature algorithm
 * @param keyId the key ID
 */
public record AssertionSigner(PrivateKey key, SignatureAlgorithm algorithm, String keyId) {
    /**
     * Reads a signer.
     *
     * @param jwk a private JWK (RFC 7517 §4) with {@code alg} and {@code kid}
     * @throws MalformedException if it is malformed; the message contains nothing of the key
     */
    public static AssertionSigner read(byte[] jwk) throws MalformedException {
        Map<String, @Nullable Object> members = JsonReader.readObject(jwk, JsonLimits.DOCUMENT);
        if (!(members.get("alg") instanceof String name) || !(members.get("kid") instanceof String keyId)) {
            throw MalformedException.syntax("JWK without alg or kid");
        }
        SignatureAlgorithm algorithm = SignatureAlgorithm.named(name)
                .filter(SignatureAlgorithm.defaults()::contains)
                .orElseThrow(() -> MalformedException.syntax("JWK of another alg"));
        return new AssertionSigner(privateKey(members), algorithm, keyId);
    }

    private static PrivateKey privateKey(Map<String, @Nullable Object> members) throws MalformedException {
        try {
            PrivateKey key =
                    PublicJsonWebKey.Factory.newPublicJwk(Map.copyOf(members)).getPrivateKey();
            if (key != null) {
                return key;
            }
        } catch (JoseException | RuntimeException malformed) {
            // Both exceptions contain the key's text in their message: they are neither logged nor wrapped.
        }
        throw MalformedException.syntax("JWK without a private key");
    }

    /**
     * A signed JWT in its compact form.
     *
     * @throws IllegalStateException if the key can't sign with its algorithm
     */
    public String sign(Map<String, Object> claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm.joseNames().get(0));
        signature.setKeyIdHeaderValue(keyId);
        signature.setHeader("typ", "JWT");
        signature.setPayload(JsonUtil.toJson(claims));
        signature.setKey(key);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException unusable) {
            throw new IllegalStateException("the client's key can't sign with its algorithm");
        }
    }

    /** Contains the key ID only. */
    @Override
    public String toString() {
        return "AssertionSigner[" + keyId + "]";
    }
}
