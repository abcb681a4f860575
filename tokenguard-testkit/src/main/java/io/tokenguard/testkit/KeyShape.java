package io.tokenguard.testkit;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Optional;

/** The kinds of key pair that the algorithms ask for. */
enum KeyShape {
    RSA("RSA", RSAKey.class),
    P256("EC", ECKey.class),
    P384("EC", ECKey.class),
    P521("EC", ECKey.class),
    ED25519("EdDSA", EdECKey.class),
    ED448("EdDSA", EdECKey.class),
    SECP256K1("EC", ECKey.class),
    ML_DSA_44("ML-DSA-44", Key.class),
    ML_DSA_65("ML-DSA-65", Key.class),
    ML_DSA_87("ML-DSA-87", Key.class);

    private static final int DEFAULT_RSA_BITS = 2048;

    private final String family;
    private final Class<?> type;

    KeyShape(String family, Class<?> type) {
        this.family = family;
        this.type = type;
    }

    KeyPair generate() {
        return switch (this) {
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> MlDsaKeys.generate(family);
            default -> generate(parameters());
        };
    }

    static KeyPair generateRsa(int bits) {
        return RSA.generate(rsa(bits));
    }

    /**
     * The provider, if it must not be the JVM's first one.
     *
     * @throws IllegalStateException if there is none
     */
    Optional<Provider> provider() {
        return switch (this) {
            case SECP256K1 -> Optional.of(OptionalProvider.ofSecp256k1());
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> Optional.of(OptionalProvider.ofMlDsa(family));
            default -> Optional.empty();
        };
    }

    /**
     * Whether the key has the required type, on any curve. Ignores the algorithm name, which depends on the provider. Keys for
     * ML-DSA have no common type, so it accepts all for them.
     */
    boolean hasFamilyOf(Key key) {
        return type.isInstance(key);
    }

    private AlgorithmParameterSpec parameters() {
        return switch (this) {
            case RSA -> rsa(DEFAULT_RSA_BITS);
            case P256 -> new ECGenParameterSpec("secp256r1");
            case P384 -> new ECGenParameterSpec("secp384r1");
            case P521 -> new ECGenParameterSpec("secp521r1");
            case ED25519 -> NamedParameterSpec.ED25519;
            case ED448 -> NamedParameterSpec.ED448;
            case SECP256K1 -> new ECGenParameterSpec(Secp256k1Keys.CURVE);
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> new NamedParameterSpec(family);
        };
    }

    private static AlgorithmParameterSpec rsa(int bits) {
        return new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4);
    }

    private KeyPair generate(AlgorithmParameterSpec parameters) {
        Optional<Provider> provider = provider();
        try {
            KeyPairGenerator generator = provider.isPresent()
                    ? KeyPairGenerator.getInstance(family, provider.get())
                    : KeyPairGenerator.getInstance(family);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This JVM makes no such " + family + " key", e);
        }
    }
}
