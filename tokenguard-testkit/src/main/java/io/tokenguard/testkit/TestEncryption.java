package io.tokenguard.testkit;

import java.security.KeyPair;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.lang.JoseException;

/**
 * A key pair of an API, and how tokens are encrypted for it (RFC 7516). Immutable and safe for use by any thread.
 *
 * <p>{@code encryption.encrypt(issuer.token().sign())} is a token that an API with {@link #privateJwk()} can decrypt.
 */
public final class TestEncryption {
    private final KeyPair pair;
    private final Map<String, Object> header;

    private TestEncryption(KeyPair pair, Map<String, Object> header) {
        this.pair = pair;
        this.header = header;
    }

    /**
     * A new key pair: RSA with 2048 bits if the algorithm's name begins with {@code RSA}, otherwise on P-256. Its thumbprint
     * (RFC 7638) is its key ID.
     *
     * @param algorithm {@code alg}, such as {@code RSA-OAEP-256}, {@code ECDH-ES} or {@code ECDH-ES+A256KW}
     * @param content {@code enc}, such as {@code A256GCM} or {@code A128CBC-HS256}
     */
    public static TestEncryption generate(String algorithm, String content) {
        return of((algorithm.startsWith("RSA") ? KeyShape.RSA : KeyShape.P256).generate(), algorithm, content);
    }

    /** A given key pair: RSA, or on P-256, P-384 or P-521. The rest is as with {@link #generate}. */
    public static TestEncryption of(KeyPair pair, String algorithm, String content) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm);
        header.put("enc", content);
        header.put("kid", JwkMembers.thumbprint(pair.getPublic()));
        header.put("cty", "JWT");
        return new TestEncryption(pair, header);
    }

    /** The same key pair with another algorithm and content encryption. */
    public TestEncryption with(String algorithm, String content) {
        return header("alg", algorithm).header("enc", content);
    }

    /** The same with another value of a header parameter. */
    public TestEncryption header(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(header);
        changed.put(name, value);
        return new TestEncryption(pair, changed);
    }

    /** The same without a header parameter, such as {@code kid}. */
    public TestEncryption withoutHeader(String name) {
        Map<String, Object> changed = new LinkedHashMap<>(header);
        changed.remove(name);
        return new TestEncryption(pair, changed);
    }

    /** The key ID. */
    public String kid() {
        return JwkMembers.thumbprint(pair.getPublic());
    }

    /** The key pair. */
    public KeyPair keyPair() {
        return pair;
    }

    /** The public key. */
    public PublicKey publicKey() {
        return pair.getPublic();
    }

    /** The private key as a JWK with {@code kid} and {@code use}: the content of the API's key file. */
    public String privateJwk() {
        Map<String, Object> members = JwkMembers.ofPrivate(pair);
        members.put("kid", kid());
        members.put("use", "enc");
        return TestJson.write(members);
    }

    /**
     * Encrypts a text.
     *
     * @param text such as a signed token; not checked
     * @return a compact JWE (RFC 7516 §7.1)
     * @throws IllegalArgumentException if the key pair can't be used with the algorithm
     */
    public String encrypt(String text) {
        JsonWebEncryption encryption = new JsonWebEncryption();
        encryption.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        encryption.setContentEncryptionAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        header.forEach(encryption.getHeaders()::setObjectHeaderValue);
        encryption.setKey(pair.getPublic());
        encryption.setPlaintext(text);
        try {
            return encryption.getCompactSerialization();
        } catch (JoseException unusable) {
            throw new IllegalArgumentException("The key can't be used with " + header.get("alg"), unusable);
        }
    }

    /** Shows the key ID only. */
    @Override
    public String toString() {
        return "TestEncryption[" + kid() + "]";
    }
}
