package io.tokenguard.testkit;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of key pair that the algorithms ask for. */
enum KeyShape {
    RSA("RSA"),
    P256("EC"),
    P384("EC"),
    P521("EC"),
    ED25519("EdDSA");

    private static final int DEFAULT_RSA_BITS = 2048;

    private final String family;

    KeyShape(String family) {
        this.family = family;
    }

    KeyPair generate() {
        return generate(family, parameters());
    }

    static KeyPair generateRsa(int bits) {
        return generate(RSA.family, rsa(bits));
    }

    /** Whether the key can do this sum at all; another curve of the same family can. */
    boolean hasFamilyOf(Key key) {
        return family.equals(key.getAlgorithm());
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
