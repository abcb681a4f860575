package io.tokenguard.attacks;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestJson;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys and signatures on curves that look like Ed25519. */
final class EdwardsForge {
    private static final String KID = "edwards";
    private static final int ED448_BYTES = 57;
    private static final int X25519_BYTES = 32;

    private EdwardsForge() {}

    /** A key for key agreement that is published for signatures. */
    static String onX25519(AttackBench bench, String algorithm) {
        byte[] encoded = generate("X25519").getPublic().getEncoded();
        publish(bench, "X25519", tail(encoded, X25519_BYTES));
        return bench.token().header("alg", algorithm).header("kid", KID).sign();
    }

    /** A true signature of the other Edwards curve. */
    static String onEd448(AttackBench bench, String algorithm) {
        return signed(bench, algorithm, "Ed448");
    }

    /** A true signature of the other Edwards curve, whose key is published as one of this. */
    static String onEd448SaidToBeEd25519(AttackBench bench, String algorithm) {
        return signed(bench, algorithm, "Ed25519");
    }

    /** Publishes an Edwards key. */
    static void publish(AttackBench bench, String curve, byte[] x) {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "OKP");
        jwk.put("crv", curve);
        jwk.put("x", Forge.encode(x));
        jwk.put("kid", KID);
        bench.issuer().publishJwk(TestJson.write(jwk));
    }

    /** A token that names the key of {@link #publish} and is not signed yet. */
    static CompactToken unsigned(AttackBench bench, String algorithm) {
        return CompactToken.parse(bench.token().header("kid", KID).unsigned(algorithm));
    }

    private static String signed(AttackBench bench, String algorithm, String publishedCurve) {
        KeyPair pair = generate("Ed448");
        publish(bench, publishedCurve, tail(pair.getPublic().getEncoded(), ED448_BYTES));
        CompactToken token = unsigned(bench, algorithm);
        try {
            Signature signature = Signature.getInstance("Ed448");
            signature.initSign(pair.getPrivate());
            signature.update(token.signingInput());
            return token.withSignature(signature.sign()).compact();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM can't sign with Ed448", e);
        }
    }

    private static byte[] tail(byte[] encoded, int length) {
        return Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
    }

    private static KeyPair generate(String name) {
        try {
            return KeyPairGenerator.getInstance(name).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM makes no " + name + " keys", e);
        }
    }
}
