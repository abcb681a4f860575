package io.tokenguard.attacks;

import io.tokenguard.testkit.TestJson;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An RSA key of any shape, also of shapes that no honest issuer makes, that can really sign.
 *
 * @param primes the factors of the modulus, each once; small ones keep it quick to make
 * @param exponent the public exponent
 */
record RsaPair(List<BigInteger> primes, BigInteger exponent) {
    static final BigInteger F4 = BigInteger.valueOf(65_537);
    private static final int PRIME_BITS = 512;
    private static final int CERTAINTY = 40;

    /** The keys that were made, by what was asked for: the same shape always is the same key, and primes take their time. */
    private static final Map<List<Object>, RsaPair> MADE = new ConcurrentHashMap<>();

    RsaPair {
        primes = List.copyOf(primes);
    }

    /** A key whose modulus has exactly so many bits. */
    static RsaPair ofLength(int bits, BigInteger exponent) {
        return completed(List.of(), bits, exponent);
    }

    /** A key whose modulus has exactly so many bits and these factors among others. */
    static RsaPair completed(List<BigInteger> given, int bits, BigInteger exponent) {
        return MADE.computeIfAbsent(List.of(List.copyOf(given), bits, exponent), unused -> make(given, bits, exponent));
    }

    private static RsaPair make(List<BigInteger> given, int bits, BigInteger exponent) {
        Random random = new Random(bits + exponent.hashCode() + given.hashCode());
        List<BigInteger> primes = new ArrayList<>(given);
        BigInteger product = given.stream().reduce(BigInteger.ONE, BigInteger::multiply);
        while (product.bitLength() < bits - 2 * PRIME_BITS) {
            BigInteger prime = prime(PRIME_BITS, exponent, random);
            primes.add(prime);
            product = product.multiply(prime);
        }
        BigInteger begun = product;
        int missing = bits - begun.bitLength();
        primes.add(Forge.until(
                last -> begun.multiply(last).bitLength() == bits,
                () -> prime(missing + random.nextInt(2), exponent, random)));
        return new RsaPair(primes, exponent);
    }

    /** A prime that lets the exponent be inverted, where that can be. */
    private static BigInteger prime(int bits, BigInteger exponent, Random random) {
        boolean isInvertible = exponent.signum() > 0 && exponent.testBit(0);
        return Forge.until(
                prime -> !isInvertible
                        || exponent.gcd(prime.subtract(BigInteger.ONE)).equals(BigInteger.ONE),
                () -> new BigInteger(bits, CERTAINTY, random));
    }

    BigInteger modulus() {
        return primes.stream().reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /** The e-th root of a number, where e has one; anything else where it has none. */
    BigInteger root(BigInteger number) {
        BigInteger modulus = modulus();
        BigInteger root = BigInteger.ZERO;
        for (BigInteger prime : primes) {
            BigInteger others = modulus.divide(prime);
            BigInteger part = number.mod(prime).modPow(inverseFor(prime), prime);
            root = root.add(part.multiply(others).multiply(others.modInverse(prime)));
        }
        return root.mod(modulus);
    }

    private BigInteger inverseFor(BigInteger prime) {
        BigInteger order = prime.subtract(BigInteger.ONE);
        BigInteger invertible = exponent.gcd(order).equals(BigInteger.ONE) ? exponent : F4;
        BigInteger inverse = order.equals(BigInteger.ONE) ? BigInteger.ONE : invertible.modInverse(order);
        return inverse.signum() == 0 ? BigInteger.ONE : inverse;
    }

    /** Its public JWK, without {@code alg}. */
    Map<String, Object> jwk(String keyId) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kty", "RSA");
        members.put("kid", keyId);
        members.put("n", Forge.encode(Numbers.unsigned(modulus())));
        members.put("e", Forge.encode(Numbers.unsigned(exponent)));
        return members;
    }

    /** A token that this key signed with RS256; its public half is published before. */
    String publishAndSign(AttackBench bench) {
        bench.issuer().publishJwk(TestJson.write(jwk("rsa")));
        return RsaForge.signed(bench.token().header("kid", "rsa"), "RS256", this::sign);
    }

    /** RFC 8017 §8.2.1. */
    private byte[] sign(byte[] signingInput) {
        int length = (modulus().bitLength() + 7) / 8;
        byte[] encoded = Pkcs1.honest("SHA-256", signingInput, length);
        return Numbers.octets(root(Numbers.of(encoded)), length);
    }
}
