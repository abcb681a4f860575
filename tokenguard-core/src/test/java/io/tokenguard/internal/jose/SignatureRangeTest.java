package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureRangeTest {
    /** A number, most significant octet first, in so many octets. */
    private static byte[] octets(BigInteger number, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[length - 1 - i] = number.shiftRight(8 * i).byteValue();
        }
        return octets;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** RFC 7518 §3.4, FIPS 186-5 §6.4.2. */
    @Nested
    class Ecdsa {
        private static boolean covers(ECPublicKey key, BigInteger r, BigInteger s) {
            int half = (key.getParams().getOrder().bitLength() + 7) / 8;
            return SignatureRange.of(key).covers(joined(octets(r, half), octets(s, half)));
        }

        private static ECPublicKey key(TestAlgorithm algorithm) {
            return (ECPublicKey) TestKey.generate(algorithm).publicKey();
        }

        @ParameterizedTest
        @EnumSource(names = {"ES256", "ES384", "ES512"})
        void isOfNumbersFromOneToTheOrderLessOne(TestAlgorithm algorithm) {
            ECPublicKey key = key(algorithm);
            BigInteger greatest = key.getParams().getOrder().subtract(BigInteger.ONE);
            assertThat(covers(key, BigInteger.ONE, BigInteger.ONE)).isTrue();
            assertThat(covers(key, greatest, greatest)).isTrue();
        }

        /** CVE-2022-21449. */
        @ParameterizedTest
        @EnumSource(names = {"ES256", "ES384", "ES512"})
        void isNotOfZeroOrTheOrderInEitherPlace(TestAlgorithm algorithm) {
            ECPublicKey key = key(algorithm);
            BigInteger order = key.getParams().getOrder();
            for (BigInteger bad : new BigInteger[] {BigInteger.ZERO, order, order.add(BigInteger.ONE)}) {
                assertThat(covers(key, bad, BigInteger.ONE)).isFalse();
                assertThat(covers(key, BigInteger.ONE, bad)).isFalse();
                assertThat(covers(key, bad, bad)).isFalse();
            }
        }

        @ParameterizedTest
        @CsvSource({"ES256,64", "ES384,96", "ES512,132"})
        void hasOneLengthForEachCurve(TestAlgorithm algorithm, int length) {
            ECPublicKey key = key(algorithm);
            for (int octets = 0; octets <= 2 * length; octets++) {
                byte[] signature = new byte[octets];
                for (int i = 1; i < octets; i++) {
                    signature[i] = 1;
                }
                assertThat(SignatureRange.of(key).covers(signature))
                        .as("%d octets", octets)
                        .isEqualTo(octets == length);
            }
        }
    }

    /** RFC 8017 §5.2.2, §8.1.2, §8.2.2. */
    @Nested
    class Rsa {
        private static boolean covers(BigInteger modulus, byte[] signature) {
            PublicKey key = new GivenRsaKey(modulus, BigInteger.valueOf(65_537));
            return SignatureRange.of(key).covers(signature);
        }

        @ParameterizedTest
        @CsvSource({"2048,256", "2049,257", "2055,257", "2056,257", "2057,258"})
        void hasTheLengthOfTheModulus(int bits, int length) {
            BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
            assertThat(covers(modulus, new byte[length])).isTrue();
            assertThat(covers(modulus, new byte[length - 1])).isFalse();
            assertThat(covers(modulus, new byte[length + 1])).isFalse();
        }

        @Test
        void isBelowTheModulus() {
            BigInteger modulus = BigInteger.ONE.shiftLeft(2_048).subtract(BigInteger.valueOf(159));
            assertThat(covers(modulus, octets(modulus.subtract(BigInteger.ONE), 256)))
                    .isTrue();
            assertThat(covers(modulus, octets(modulus, 256))).isFalse();
            assertThat(covers(modulus, octets(modulus.add(BigInteger.ONE), 256)))
                    .isFalse();
        }
    }

    /** RFC 8032 §5.1.7. */
    @Nested
    class Edwards {
        private static final PublicKey KEY =
                TestKey.generate(TestAlgorithm.ED25519).publicKey();

        @Test
        void hasSixtyFourOctets() {
            assertThat(SignatureRange.of(KEY).covers(new byte[64])).isTrue();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 32, 63, 65, 114, 128})
        void hasNoOtherLength(int length) {
            assertThat(SignatureRange.of(KEY).covers(new byte[length])).isFalse();
        }
    }
}
