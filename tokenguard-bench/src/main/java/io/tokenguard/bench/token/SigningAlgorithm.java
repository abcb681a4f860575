package io.tokenguard.bench.token;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** The algorithms that are measured: those that issuers sign access tokens with. */
public enum SigningAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256; a key of 2048 bits. */
    RS256("RS256", SignatureAlgorithm.RS256),
    /** RSASSA-PSS with SHA-256; a key of 2048 bits. */
    PS256("PS256", SignatureAlgorithm.PS256),
    /** ECDSA on P-256 with SHA-256. */
    ES256("ES256", SignatureAlgorithm.ES256),
    /** Ed25519. */
    EDDSA("EdDSA", SignatureAlgorithm.ED25519);

    private static final int RSA_BITS = 2048;

    private final String joseName;
    private final SignatureAlgorithm guarded;

    SigningAlgorithm(String joseName, SignatureAlgorithm guarded) {
        this.joseName = joseName;
        this.guarded = guarded;
    }

    /** The value of {@code alg}. */
    public String joseName() {
        return joseName;
    }

    /** What TokenGuard calls it. */
    public SignatureAlgorithm guarded() {
        return guarded;
    }

    /** A fresh key, by the JDK's own providers. */
    public KeyPair generateKeys() throws GeneralSecurityException {
        return switch (this) {
            case RS256, PS256 -> rsa();
            case ES256 -> p256();
            case EDDSA -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        };
    }

    /** A key that was written in the JDK's own encodings. */
    KeyPair readKeys(byte[] publicKey, byte[] privateKey) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance(
                switch (this) {
                    case RS256, PS256 -> "RSA";
                    case ES256 -> "EC";
                    case EDDSA -> "Ed25519";
                });
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(publicKey)),
                factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
    }

    private static KeyPair rsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        return generator.generateKeyPair();
    }

    private static KeyPair p256() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
