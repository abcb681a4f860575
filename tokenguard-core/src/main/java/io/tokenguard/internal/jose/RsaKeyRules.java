package io.tokenguard.internal.jose;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Rules for RSA keys: strong enough to trust, and not so large that checking a signature becomes an attack. */
final class RsaKeyRules {
    /** RFC 7518 §3.3. */
    private static final int FEWEST_BITS = 2_048;

    private static final int MOST_BITS = 8_192;
    private static final int MOST_EXPONENT_BITS = 32;
    private static final BigInteger ROCA_GENERATOR = BigInteger.valueOf(65_537);
    private static final List<BigInteger> SMALL_PRIMES = primesBelow(1_000);
    private static final BigInteger SMALL_PRIMES_PRODUCT =
            SMALL_PRIMES.stream().reduce(BigInteger.ONE, BigInteger::multiply);

    /** For each prime of the fingerprint, the residues that a modulus of the flawed generator can have. */
    private static final List<Fingerprint> ROCA_FINGERPRINTS = SMALL_PRIMES.stream()
            .filter(prime -> prime.intValue() > 2 && prime.intValue() <= 167)
            .map(Fingerprint::of)
            .toList();

    private RsaKeyRules() {}

    static Optional<String> flawOf(RSAPublicKey key) {
        BigInteger modulus = key.getModulus();
        BigInteger exponent = key.getPublicExponent();
        if (modulus.signum() <= 0 || modulus.bitLength() < FEWEST_BITS || modulus.bitLength() > MOST_BITS) {
            return Optional.of("RSA modulus is not of 2048 to 8192 bits");
        }
        if (exponent.compareTo(BigInteger.TWO) <= 0
                || exponent.bitLength() > MOST_EXPONENT_BITS
                || !exponent.testBit(0)) {
            return Optional.of("RSA exponent is not odd, at least 3 and below 2^32");
        }
        if (!modulus.gcd(SMALL_PRIMES_PRODUCT).equals(BigInteger.ONE)) {
            return Optional.of("RSA modulus has a small factor");
        }
        return ROCA_FINGERPRINTS.stream().allMatch(fingerprint -> fingerprint.fits(modulus))
                ? Optional.of("RSA modulus has the ROCA fingerprint")
                : Optional.empty();
    }

    /**
     * ROCA (CVE-2017-15361): every prime of the flawed generator is, modulo each small prime, a power of 65537, and so is
     * their product.
     */
    private record Fingerprint(BigInteger prime, BitSet residues) {
        static Fingerprint of(BigInteger prime) {
            BitSet residues = new BitSet();
            BigInteger power = BigInteger.ONE;
            while (!residues.get(power.intValue())) {
                residues.set(power.intValue());
                power = power.multiply(ROCA_GENERATOR).mod(prime);
            }
            return new Fingerprint(prime, residues);
        }

        boolean fits(BigInteger modulus) {
            return residues.get(modulus.mod(prime).intValue());
        }
    }

    private static List<BigInteger> primesBelow(int limit) {
        List<BigInteger> primes = new ArrayList<>();
        for (BigInteger prime = BigInteger.TWO; prime.intValue() < limit; prime = prime.nextProbablePrime()) {
            primes.add(prime);
        }
        return List.copyOf(primes);
    }
}
