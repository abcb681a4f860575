package io.tokenguard.attacks;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestJson;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys and signatures on curves that look like Ed25519. */
final class EdwardsForge {
    private static final String KID = "edwards";
    private static final int ED448_BYTES = 57;
    private static final int X25519_BYTES = 32;

    /** The order L of the base point (RFC 8032 §5.1). */
    static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /** All encodings of the points of small order, those that are not canonical included. */
    static final List<String> SMALL_ORDER = List.of(
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa");

    private static final byte[] NEUTRAL = Numbers.reversed(Numbers.octets(BigInteger.ONE, 32));

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

    /**
     * A token that anybody can make for a key of small order: S = 0 and R the neutral element satisfy the equation of
     * RFC 8032 §5.1.7 whenever the hash is a multiple of that order, which is soon.
     */
    static String bySmallOrder(AttackBench bench, byte[] key) {
        publish(bench, "Ed25519", key);
        CompactToken token = Forge.until(
                candidate ->
                        challenge(key, candidate).mod(BigInteger.valueOf(8)).signum() == 0,
                () -> unsigned(bench, "EdDSA"));
        return token.withSignature(Pkcs1.join(NEUTRAL, new byte[32])).compact();
    }

    private static BigInteger challenge(byte[] key, CompactToken token) {
        byte[] hash = Hashes.digest("SHA-512", NEUTRAL, key, token.signingInput());
        return Numbers.of(Numbers.reversed(hash)).mod(ORDER);
    }

    /** A signature whose second half is greater by a number. */
    static byte[] addToS(byte[] signature, BigInteger number) {
        BigInteger s = Numbers.of(Numbers.reversed(Arrays.copyOfRange(signature, 32, 64)));
        return Pkcs1.join(Arrays.copyOf(signature, 32), Numbers.reversed(Numbers.octets(s.add(number), 32)));
    }

    /** A signature whose second half is L less itself. */
    static byte[] negateS(byte[] signature) {
        BigInteger s = Numbers.of(Numbers.reversed(Arrays.copyOfRange(signature, 32, 64)));
        return Pkcs1.join(Arrays.copyOf(signature, 32), Numbers.reversed(Numbers.octets(ORDER.subtract(s), 32)));
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
