package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.testkit.TestJson;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.jcajce.spec.MLDSAParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A key of an algorithm that is not on by default, made by Bouncy Castle, which has all of them on every JDK. */
public record BouncyKey(SignatureAlgorithm algorithm, String keyId, KeyPair pair) {
    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final int ML_DSA_PREFIX = 22;

    public static BouncyKey generate(SignatureAlgorithm algorithm, String keyId) {
        return generate(algorithm, keyId, new SecureRandom());
    }

    /** The key of a seed of zeros, as in the examples of RFC 9964. */
    public static BouncyKey ofZeros(SignatureAlgorithm algorithm, String keyId) {
        return generate(algorithm, keyId, new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 0);
            }
        });
    }

    private static BouncyKey generate(SignatureAlgorithm algorithm, String keyId, SecureRandom random) {
        try {
            KeyPairGenerator generator;
            if (algorithm.isMlDsa()) {
                generator = KeyPairGenerator.getInstance("ML-DSA", PROVIDER);
                generator.initialize(
                        MLDSAParameterSpec.fromName(algorithm.joseNames().get(0)), random);
            } else if (algorithm == SignatureAlgorithm.ES256K) {
                generator = KeyPairGenerator.getInstance("EC", PROVIDER);
                generator.initialize(new ECGenParameterSpec("secp256k1"), random);
            } else {
                generator = KeyPairGenerator.getInstance("Ed448", PROVIDER);
            }
            return new BouncyKey(algorithm, keyId, generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public PublicKey publicKey() {
        return pair.getPublic();
    }

    /** The members of its public JWK, without {@code kid}. */
    public Map<String, Object> members() {
        byte[] encoded = pair.getPublic().getEncoded();
        Map<String, Object> members = new LinkedHashMap<>();
        switch (algorithm) {
            case ED448 -> {
                members.put("kty", "OKP");
                members.put("crv", "Ed448");
                members.put("x", text(encoded, encoded.length - 57, encoded.length));
            }
            case ES256K -> {
                members.put("kty", "EC");
                members.put("crv", "secp256k1");
                members.put("x", text(encoded, encoded.length - 64, encoded.length - 32));
                members.put("y", text(encoded, encoded.length - 32, encoded.length));
            }
            default -> {
                members.put("kty", "AKP");
                members.put("alg", algorithm.joseNames().get(0));
                members.put("pub", text(encoded, ML_DSA_PREFIX, encoded.length));
            }
        }
        return members;
    }

    public String jwk() {
        Map<String, Object> members = members();
        members.put("kid", keyId);
        return TestJson.write(members);
    }

    private static String text(byte[] bytes, int from, int to) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, from, to));
    }

    /** A signature in its JOSE form, deterministic for ML-DSA. */
    public byte[] sign(byte[] text) {
        try {
            String name = algorithm == SignatureAlgorithm.ES256K
                    ? "SHA256withPLAIN-ECDSA"
                    : algorithm.joseNames().get(0);
            Signature signature = Signature.getInstance(name, PROVIDER);
            signature.initSign(pair.getPrivate());
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
