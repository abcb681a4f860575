package io.tokenguard.internal.jose;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Reads the private keys that decrypt tokens: a JWK set (RFC 7517 §5), one JWK, or PEM in PKCS #8 (RFC 5958). */
final class DecryptionKeyReader {
    private static final Set<String> OPERATIONS = Set.of("decrypt", "unwrapKey", "deriveKey", "deriveBits");
    private static final int FEWEST_BITS = 2_048;
    private static final int MOST_BITS = 8_192;

    private DecryptionKeyReader() {}

    /**
     * Reads a document.
     *
     * @return one to {@link TokenDecrypter#MOST_KEYS} keys
     * @throws MalformedException if it has none, too many, or one that is wrong; the message contains nothing of the keys
     */
    static List<DecryptionKey> read(byte[] document) throws MalformedException {
        String text = new String(document, StandardCharsets.ISO_8859_1);
        List<DecryptionKey> keys = text.stripLeading().startsWith("{") ? ofJson(document) : ofPem(text);
        if (keys.isEmpty()) {
            throw MalformedException.syntax("no private key for decryption");
        }
        if (keys.size() > TokenDecrypter.MOST_KEYS) {
            throw MalformedException.limit("more than " + TokenDecrypter.MOST_KEYS + " keys");
        }
        return keys;
    }

    private static List<DecryptionKey> ofJson(byte[] document) throws MalformedException {
        Map<String, @Nullable Object> object = JsonReader.readObject(document, JsonLimits.DOCUMENT);
        List<?> members = object.get("keys") instanceof List<?> set ? set : List.of(object);
        List<DecryptionKey> keys = new ArrayList<>();
        for (Object member : members) {
            if (member instanceof Map<?, ?> jwk && isForDecryption(jwk)) {
                keys.add(ofJwk(jwk));
            }
        }
        return keys;
    }

    /** A set may also have keys that sign. */
    private static boolean isForDecryption(Map<?, ?> jwk) {
        boolean isUsed = !jwk.containsKey("use") || "enc".equals(jwk.get("use"));
        return isUsed
                && (!(jwk.get("key_ops") instanceof List<?> operations)
                        || operations.stream().anyMatch(OPERATIONS::contains));
    }

    private static DecryptionKey ofJwk(Map<?, ?> jwk) throws MalformedException {
        Object keyId = jwk.containsKey("kid") ? jwk.get("kid") : "";
        if (!(keyId instanceof String name) || name.length() > JwkReader.LONGEST_KEY_ID) {
            throw MalformedException.syntax("a kid is no text, or too long");
        }
        Optional<Object> algorithm = Optional.ofNullable(jwk.get("alg"));
        DecryptionKey key = checked(name, privateKey(jwk));
        if (algorithm.isEmpty()) {
            return key;
        }
        KeyManagement only = KeyManagement.named(algorithm.get().toString())
                .filter(key.algorithms()::contains)
                .orElseThrow(() -> MalformedException.syntax(
                        "the alg of a key is not RSA-OAEP-256, ECDH-ES or ECDH-ES+A256KW, or not for its type"));
        return new DecryptionKey(name, key.key(), Set.of(only));
    }

    private static PrivateKey privateKey(Map<?, ?> jwk) throws MalformedException {
        Map<String, Object> members = new HashMap<>();
        jwk.forEach((name, value) -> {
            if (value != null) {
                members.put(String.valueOf(name), value);
            }
        });
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(members);
            Optional<String> flaw = KeyRules.flawOf(key.getPublicKey());
            if (flaw.isPresent()) {
                throw MalformedException.syntax(flaw.get());
            }
            if (key.getPrivateKey() != null) {
                return key.getPrivateKey();
            }
        } catch (JoseException | RuntimeException malformed) {
            // Both exceptions contain the key's text in their message: they are neither logged nor wrapped.
        }
        throw MalformedException.syntax("a key is malformed, or has no private part");
    }

    private static List<DecryptionKey> ofPem(String text) throws MalformedException {
        List<DecryptionKey> keys = new ArrayList<>();
        for (PemText.Block block = PemText.next(text, 0); block != null; block = PemText.next(text, block.end())) {
            if (block.label().equals("PRIVATE KEY")) {
                keys.add(checked("", ofPkcs8(block.decoded())));
            } else if (block.label().endsWith("PRIVATE KEY")) {
                throw MalformedException.syntax(
                        "PEM with " + kind(block.label()) + ": convert it with openssl pkcs8 -topk8 -nocrypt");
            }
        }
        return keys;
    }

    private static String kind(String label) {
        return label.startsWith("ENCRYPTED") ? "an encrypted key" : "a key that is not in PKCS #8";
    }

    private static PrivateKey ofPkcs8(byte @Nullable [] der) throws MalformedException {
        for (String kind : der == null ? List.<String>of() : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException | RuntimeException ofAnotherKind) {
                // The next kind may read it.
            }
        }
        throw MalformedException.syntax("PEM with a private key that is malformed, or neither RSA nor EC");
    }

    private static DecryptionKey checked(String keyId, PrivateKey key) throws MalformedException {
        if (key instanceof RSAPrivateKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < FEWEST_BITS || bits > MOST_BITS) {
                throw MalformedException.syntax("RSA modulus is not of 2048 to 8192 bits");
            }
        } else if (!(key instanceof ECPrivateKey ec && EcKeyRules.isForAgreement(ec.getParams()))) {
            throw MalformedException.syntax("a key is neither RSA nor on P-256, P-384 or P-521");
        }
        return new DecryptionKey(keyId, key, KeyManagement.of(key));
    }
}
