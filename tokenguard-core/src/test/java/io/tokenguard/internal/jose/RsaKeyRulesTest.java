package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RSA keys: RFC 7518 §3.3, what weak generators left behind, and what would make checking a signature slow. */
class RsaKeyRulesTest {
    private static final BigInteger F4 = BigInteger.valueOf(65_537);
    private static final List<BigInteger> PRIMES_BELOW_1000 = IntStream.range(2, 1_000)
            .mapToObj(BigInteger::valueOf)
            .filter(number -> number.isProbablePrime(50))
            .toList();
    private static final BigInteger SMALL_FACTORS = product(PRIMES_BELOW_1000);

    private static BigInteger product(List<BigInteger> numbers) {
        return numbers.stream().reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /** The least number of so many bits that has no small factor and no fingerprint. */
    private static BigInteger modulus(int bits) {
        return coprime(BigInteger.ONE.shiftLeft(bits - 1), BigInteger.ONE, SMALL_FACTORS);
    }

    private static BigInteger coprime(BigInteger start, BigInteger step, BigInteger factors) {
        BigInteger number = start;
        while (!number.gcd(factors).equals(BigInteger.ONE)) {
            number = number.add(step);
        }
        return number;
    }

    private static String flawOf(BigInteger modulus, BigInteger exponent) {
        return KeyRules.flawOf(new GivenRsaKey(modulus, exponent)).orElse("");
    }

    @Nested
    class Length {
        @ParameterizedTest
        @ValueSource(ints = {2_048, 2_049, 3_072, 4_096, 8_192})
        void isTakenFrom2048To8192Bits(int bits) {
            assertThat(flawOf(modulus(bits), F4)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {512, 1_024, 2_047, 8_193, 16_384})
        void isRefusedBelowAndAbove(int bits) {
            assertThat(flawOf(modulus(bits), F4)).contains("2048 to 8192 bits");
        }

        @Test
        void isRefusedWhereTheModulusIsNotPositive() {
            assertThat(flawOf(BigInteger.ZERO, F4)).contains("2048 to 8192 bits");
            assertThat(flawOf(modulus(2_048).negate(), F4)).contains("2048 to 8192 bits");
        }
    }

    @Nested
    class Exponent {
        @ParameterizedTest
        @ValueSource(longs = {3, 5, 17, 257, 65_537, 0xFFFF_FFFFL})
        void isTakenWhereItIsOddFromThreeToThirtyTwoBits(long exponent) {
            assertThat(flawOf(modulus(2_048), BigInteger.valueOf(exponent))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                longs = {-65_537, -3, -1, 0, 1, 2, 4, 65_536, 0x1_0000_0000L, 0x1_0000_0001L, 0x7FFF_FFFF_FFFF_FFFFL})
        void isRefusedOtherwise(long exponent) {
            assertThat(flawOf(modulus(2_048), BigInteger.valueOf(exponent))).contains("exponent");
        }

        @Test
        void isRefusedAtTheLengthOfTheModulus() {
            assertThat(flawOf(modulus(2_048), modulus(2_047))).contains("exponent");
        }
    }

    @Nested
    class SmallFactors {
        static List<BigInteger> primes() {
            return PRIMES_BELOW_1000;
        }

        @ParameterizedTest
        @MethodSource("primes")
        void areRefusedBelow1000(BigInteger prime) {
            BigInteger rest = BigInteger.ONE.shiftLeft(2_047).divide(prime).add(BigInteger.ONE);
            assertThat(flawOf(rest.multiply(prime), F4)).contains("small factor");
        }

        @Test
        void areNotLookedForAbove() {
            BigInteger prime = BigInteger.valueOf(1_009);
            BigInteger rest = coprime(
                    BigInteger.ONE.shiftLeft(2_047).divide(prime).add(BigInteger.ONE), BigInteger.ONE, SMALL_FACTORS);
            assertThat(flawOf(rest.multiply(prime), F4)).isEmpty();
        }
    }

    /** CVE-2017-15361: the primes of the generator are k * M + (65537^a mod M), where M is a product of small primes. */
    @Nested
    class Roca {
        private static final BigInteger M = product(PRIMES_BELOW_1000.stream()
                .filter(prime -> prime.intValue() <= 167)
                .toList());

        /** The primes modulo which 65537 does not make every residue, so that a modulus can fail to fit. */
        static List<BigInteger> tellingPrimes() {
            return IntStream.of(11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157)
                    .mapToObj(BigInteger::valueOf)
                    .toList();
        }

        private static BigInteger modulusThatIs(BigInteger residue) {
            BigInteger start = BigInteger.ONE.shiftLeft(2_047).divide(M).add(BigInteger.ONE);
            return coprime(start.multiply(M).add(residue), M, SMALL_FACTORS);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 1_000, 123_456_789})
        void isSeenWhateverThePowerIs(int power) {
            BigInteger residue = F4.modPow(BigInteger.valueOf(power), M);
            assertThat(flawOf(modulusThatIs(residue), F4)).contains("ROCA");
        }

        @ParameterizedTest
        @MethodSource("tellingPrimes")
        void isNotSeenWhereOnePrimeSpeaksAgainstIt(BigInteger prime) {
            BigInteger others = M.divide(prime);
            BigInteger residue = F4;
            while (isPowerOfF4(residue, prime) || residue.gcd(M).intValue() != 1) {
                residue = residue.add(others).mod(M);
            }
            assertThat(flawOf(modulusThatIs(residue), F4)).isEmpty();
        }

        private static boolean isPowerOfF4(BigInteger number, BigInteger prime) {
            return IntStream.range(0, prime.intValue())
                    .mapToObj(power -> F4.modPow(BigInteger.valueOf(power), prime))
                    .anyMatch(number.mod(prime)::equals);
        }
    }
}
