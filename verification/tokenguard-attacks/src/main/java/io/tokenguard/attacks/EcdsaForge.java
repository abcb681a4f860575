package io.tokenguard.attacks;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.function.Function;

/** Makes ECDSA signatures out of their two numbers. */
final class EcdsaForge {
    private EcdsaForge() {}

    /**
     * The numbers of a signature.
     *
     * @param r the first
     * @param s the second
     * @param order the order n of the curve
     */
    record Numbered(BigInteger r, BigInteger s, BigInteger order) {
        /** Octets of each number (RFC 7518 §3.4). */
        int half() {
            return (order.bitLength() + 7) / 8;
        }

        byte[] with(BigInteger first, BigInteger second) {
            return Pkcs1.join(Numbers.octets(first, half()), Numbers.octets(second, half()));
        }

        /** Both numbers, with so many octets each. */
        byte[] inHalvesOf(int octets) {
            return Pkcs1.join(Numbers.octets(r, octets), Numbers.octets(s, octets));
        }
    }

    /** A good token of an algorithm, with a signature made of its own. */
    static String renumbered(AttackBench bench, TestAlgorithm algorithm, Function<Numbered, byte[]> change) {
        CompactToken token = CompactToken.parse(bench.token(algorithm).sign());
        return token.withSignature(change.apply(numbersOf(bench, algorithm, token)))
                .compact();
    }

    static Numbered numbersOf(AttackBench bench, TestAlgorithm algorithm, CompactToken token) {
        byte[] signature = token.signatureBytes();
        int half = signature.length / 2;
        BigInteger order =
                ((ECPublicKey) bench.key(algorithm).publicKey()).getParams().getOrder();
        return new Numbered(
                Numbers.of(Arrays.copyOf(signature, half)),
                Numbers.of(Arrays.copyOfRange(signature, half, signature.length)),
                order);
    }

    /** A true ES256 signature of 62 octets, for both of its numbers begin with a zero, which is left out. */
    static String stripped(AttackBench bench) {
        TestKey nonce = Forge.until(key -> point(key).bitLength() <= 248, () -> TestKey.generate(TestAlgorithm.ES256));
        TestKey key = bench.key(TestAlgorithm.ES256);
        return Forge.until(token -> CompactToken.parse(token).signatureBytes().length == 62, () -> {
            CompactToken token =
                    CompactToken.parse(bench.token(TestAlgorithm.ES256).unsigned("ES256"));
            Numbered numbers = sign(key, nonce, Numbers.of(Hashes.digest("SHA-256", token.signingInput())));
            boolean isShort = numbers.s.bitLength() <= 248;
            return token.withSignature(numbers.inHalvesOf(isShort ? 31 : 32)).compact();
        });
    }

    private static BigInteger point(TestKey key) {
        return ((ECPublicKey) key.publicKey()).getW().getAffineX();
    }

    /** FIPS 186-5 §6.4.1, with a nonce that is given as a key pair. */
    private static Numbered sign(TestKey key, TestKey nonce, BigInteger digest) {
        BigInteger order = ((ECPublicKey) key.publicKey()).getParams().getOrder();
        BigInteger r = point(nonce).mod(order);
        BigInteger secret = ((ECPrivateKey) key.privateKey()).getS();
        BigInteger inverse = ((ECPrivateKey) nonce.privateKey()).getS().modInverse(order);
        return new Numbered(r, digest.add(r.multiply(secret)).multiply(inverse).mod(order), order);
    }
}
