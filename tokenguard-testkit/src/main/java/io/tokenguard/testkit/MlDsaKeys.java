package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Key pairs for ML-DSA (FIPS 204) and their JWK (RFC 9964 §3), whose private member is the seed. */
final class MlDsaKeys {
    private static final int SEED_BYTES = 32;

    /** What precedes the key in its X.509 encoding (RFC 9881 §4). */
    private static final int PREFIX_BYTES = 22;

    /** Bytes of a public key, and the parameter set. */
    private static final Map<Integer, String> NAMES =
            Map.of(1_312, "ML-DSA-44", 1_952, "ML-DSA-65", 2_592, "ML-DSA-87");

    private MlDsaKeys() {}

    static boolean isOne(Key key) {
        return key.getAlgorithm().startsWith("ML-DSA");
    }

    static KeyPair generate(String name) {
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return of(name, seed);
    }

    /**
     * The key pair of a seed.
     *
     * @param name such as {@code ML-DSA-44}
     * @throws IllegalStateException if no provider has the algorithm
     * @throws IllegalArgumentException if the seed has not 32 bytes
     */
    static KeyPair of(String name, byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("A seed of ML-DSA has " + SEED_BYTES + " bytes");
        }
        Provider provider = OptionalProvider.ofMlDsa(name);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name, provider);
            generator.initialize(new NamedParameterSpec(name), new FixedRandom(seed));
            KeyPair pair = generator.generateKeyPair();
            return new KeyPair(pair.getPublic(), new MlDsaPrivateKey(pair.getPrivate(), seed));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(provider.getName() + " makes no key for " + name, impossible);
        }
    }

    static KeyPair ofJwk(Map<String, Object> jwk) {
        return of(String.valueOf(jwk.get("alg")), Base64.getUrlDecoder().decode(String.valueOf(jwk.get("priv"))));
    }

    /** {@code alg} belongs to the key (RFC 9964 §3), so it is always there. */
    static Map<String, Object> publicMembers(PublicKey key) {
        byte[] encoded = key.getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, PREFIX_BYTES, encoded.length);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kty", "AKP");
        members.put("alg", NAMES.get(raw.length));
        members.put("pub", CompactToken.encode(raw));
        return members;
    }

    static Map<String, Object> privateMembers(KeyPair pair) {
        Map<String, Object> members = publicMembers(pair.getPublic());
        members.put("priv", CompactToken.encode(((MlDsaPrivateKey) pair.getPrivate()).seed()));
        return members;
    }

    /** RFC 9964 §6: the required members in the order of their names. */
    static String thumbprint(PublicKey key) {
        Map<String, Object> members = publicMembers(key);
        String text = "{\"alg\":\"" + members.get("alg") + "\",\"kty\":\"AKP\",\"pub\":\"" + members.get("pub") + "\"}";
        try {
            return CompactToken.encode(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Gives the same bytes each time: the generators of all providers take 32 bytes, the seed. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        FixedRandom(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] wanted) {
            System.arraycopy(bytes, 0, wanted, 0, wanted.length);
        }
    }
}
