package io.tokenguard.internal.jose;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rules for RSA keys: strong enough, and not so large that verifying a signature takes too much CPU time. */
final class RsaKeyRules {
    /** RFC 7518 §3.3. */
    private static final int FEWEST_BITS = 2_048;

    private static final int MOST_BITS = 8_192;
    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(3);
    private static final int MOST_EXPONENT_BITS = 32;
    private static final int ROCA_GENERATOR = 65_537;
    private static final int LARGEST_ROCA_PRIME = 157;
    private static final List<BigInteger> SMALL_PRIMES = primesBelow(1_000);
    private static final BigInteger SMALL_PRIMES_PRODUCT =
            SMALL_PRIMES.stream().reduce(BigInteger.ONE, BigInteger::multiply);

    private RsaKeyRules() {}

    static Optional<String> flawOf(RSAPublicKey key) {
        BigInteger modulus = key.getModulus();
        BigInteger exponent = key.getPublicExponent();
        if (modulus.signum() != 1 || modulus.bitLength() < FEWEST_BITS || modulus.bitLength() > MOST_BITS) {
            return Optional.of("RSA modulus is not of 2048 to 8192 bits");
        }
        if (exponent.compareTo(LEAST_EXPONENT) < 0
                || exponent.bitLength() > MOST_EXPONENT_BITS
                || !exponent.testBit(0)) {
            return Optional.of("RSA exponent is not odd, at least 3 and below 2^32");
        }
        if (!modulus.gcd(SMALL_PRIMES_PRODUCT).equals(BigInteger.ONE)) {
            return Optional.of("RSA modulus has a small factor");
        }
        return hasRocaFingerprint(modulus) ? Optional.of("RSA modulus has the ROCA fingerprint") : Optional.empty();
    }

    /**
     * ROCA (CVE-2017-15361): modulo each prime up to 167, every prime of the flawed generator is a power of 65537, and so is
     * a product of two. Modulo 163 and 167 every number is.
     */
    private static boolean hasRocaFingerprint(BigInteger modulus) {
        return SMALL_PRIMES.stream()
                .filter(prime -> prime.intValue() <= LARGEST_ROCA_PRIME)
                .allMatch(prime -> isPowerOfGenerator(modulus.mod(prime).intValue(), prime.intValue()));
    }

    private static boolean isPowerOfGenerator(int residue, int prime) {
        return IntStream.iterate(1, power -> power * (ROCA_GENERATOR % prime) % prime)
                .limit(prime)
                .anyMatch(power -> power == residue);
    }

    private static List<BigInteger> primesBelow(int limit) {
        List<BigInteger> primes = new ArrayList<>();
        for (BigInteger prime = BigInteger.TWO; prime.intValue() < limit; prime = prime.nextProbablePrime()) {
            primes.add(prime);
        }
        return List.copyOf(primes);
    }
}
