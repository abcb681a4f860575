package io.tokenguard.testkit;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of key pair that the algorithms ask for. */
enum KeyShape {
    RSA("RSA", RSAKey.class),
    P256("EC", ECKey.class),
    P384("EC", ECKey.class),
    P521("EC", ECKey.class),
    ED25519("EdDSA", EdECKey.class);

    private static final int DEFAULT_RSA_BITS = 2048;

    private final String family;
    private final Class<?> type;

    KeyShape(String family, Class<?> type) {
        this.family = family;
        this.type = type;
    }

    KeyPair generate() {
        return generate(family, parameters());
    }

    static KeyPair generateRsa(int bits) {
        return generate(RSA.family, rsa(bits));
    }

    /** Whether the key has the required type, on any curve. Ignores the algorithm name, which depends on the provider. */
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
        };
    }

    private static AlgorithmParameterSpec rsa(int bits) {
        return new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4);
    }

    private static KeyPair generate(String family, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This JVM makes no such " + family + " key", e);
        }
    }
}
