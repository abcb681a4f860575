package io.tokenguard.attacks;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A signature algorithm that a guard accepts only if it is named. Keys come from the JDK or, if it lacks the algorithm, from Bouncy
 * Castle, which is looked for on the class path: this module does not need it.
 */
enum NewAlgorithm {
    /** RFC 9864. */
    ED448("Ed448"),
    /** RFC 8812. */
    ES256K("ES256K"),
    /** RFC 9964. */
    ML_DSA_44("ML-DSA-44"),
    /** RFC 9964. */
    ML_DSA_65("ML-DSA-65"),
    /** RFC 9964. */
    ML_DSA_87("ML-DSA-87");

    private static final String BOUNCY_CASTLE = "org.bouncycastle.jce.provider.BouncyCastleProvider";
    private static final int ED448_BYTES = 57;
    private static final int COORDINATE_BYTES = 32;
    private static final int ML_DSA_PREFIX = 22;

    private final String joseName;

    NewAlgorithm(String joseName) {
        this.joseName = joseName;
    }

    String joseName() {
        return joseName;
    }

    /** Those for which this process can make keys. */
    static List<NewAlgorithm> available() {
        return Stream.of(values())
                .filter(algorithm -> algorithm.generator().isPresent())
                .toList();
    }

    private boolean isOnSecp256k1() {
        return this == ES256K;
    }

    private Optional<KeyPairGenerator> generator() {
        return isOnSecp256k1()
                ? bouncyCastle().flatMap(provider -> generator("EC", provider))
                : ofPlatform().or(() -> bouncyCastle().flatMap(provider -> generator(joseName, provider)));
    }

    private Optional<KeyPairGenerator> ofPlatform() {
        try {
            return Optional.of(KeyPairGenerator.getInstance(joseName));
        } catch (NoSuchAlgorithmException lacking) {
            return Optional.empty();
        }
    }

    private static Optional<KeyPairGenerator> generator(String name, Provider provider) {
        try {
            return Optional.of(KeyPairGenerator.getInstance(name, provider));
        } catch (NoSuchAlgorithmException lacking) {
            return Optional.empty();
        }
    }

    private static Optional<Provider> bouncyCastle() {
        return BouncyCastle.FOUND;
    }

    /** Made once: it registers thousands of algorithms each time. */
    private static final class BouncyCastle {
        static final Optional<Provider> FOUND = find();

        private static Optional<Provider> find() {
            try {
                return Optional.of(Class.forName(BOUNCY_CASTLE)
                        .asSubclass(Provider.class)
                        .getDeclaredConstructor()
                        .newInstance());
            } catch (ReflectiveOperationException absent) {
                return Optional.empty();
            }
        }
    }

    KeyPair generate() {
        KeyPairGenerator generator = generator().orElseThrow();
        try {
            if (isOnSecp256k1()) {
                generator.initialize(new ECGenParameterSpec("secp256k1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A signature in its JOSE form. */
    byte[] sign(KeyPair pair, byte[] text) {
        try {
            Signature signature = isOnSecp256k1()
                    ? Signature.getInstance(
                            "SHA256withPLAIN-ECDSA", bouncyCastle().orElseThrow())
                    : signature();
            signature.initSign(pair.getPrivate());
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Signature signature() throws NoSuchAlgorithmException {
        return ofPlatform().isEmpty()
                ? Signature.getInstance(joseName, bouncyCastle().orElseThrow())
                : Signature.getInstance(joseName);
    }

    /** The members of a public JWK. */
    Map<String, Object> members(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        int end = encoded.length;
        Map<String, Object> members = new LinkedHashMap<>();
        switch (this) {
            case ED448 -> {
                members.put("kty", "OKP");
                members.put("crv", joseName);
                members.put("x", part(encoded, end - ED448_BYTES, end));
            }
            case ES256K -> {
                members.put("kty", "EC");
                members.put("crv", "secp256k1");
                members.put("x", part(encoded, end - 2 * COORDINATE_BYTES, end - COORDINATE_BYTES));
                members.put("y", part(encoded, end - COORDINATE_BYTES, end));
            }
            default -> {
                members.put("kty", "AKP");
                members.put("alg", joseName);
                members.put("pub", part(encoded, ML_DSA_PREFIX, end));
            }
        }
        return members;
    }

    private static String part(byte[] bytes, int from, int to) {
        return Forge.encode(Arrays.copyOfRange(bytes, from, to));
    }
}
