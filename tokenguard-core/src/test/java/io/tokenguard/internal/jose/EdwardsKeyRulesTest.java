package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edwards curve keys: RFC 8037 §2, RFC 8032 §5.1. */
class EdwardsKeyRulesTest {
    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    private record GivenEdwardsKey(BigInteger y, boolean isXOdd, NamedParameterSpec curve) implements EdECPublicKey {
        @Override
        public EdECPoint getPoint() {
            return new EdECPoint(isXOdd, y);
        }

        @Override
        public NamedParameterSpec getParams() {
            return curve;
        }

        @Override
        public String getAlgorithm() {
            return "EdDSA";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }

    private static String flawOf(BigInteger y) {
        String flaw = KeyRules.flawOf(new GivenEdwardsKey(y, false, NamedParameterSpec.ED25519))
                .orElse("");
        assertThat(KeyRules.flawOf(new GivenEdwardsKey(y, true, NamedParameterSpec.ED25519))
                        .orElse(""))
                .isEqualTo(flaw);
        return flaw;
    }

    private static PublicKey generate(String name) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(name).generateKeyPair().getPublic();
    }

    /** Octets in the order of RFC 8032, least significant first, without the bit that stands for x. */
    private static BigInteger littleEndian(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        BigInteger number = BigInteger.ZERO;
        for (int i = octets.length - 1; i >= 0; i--) {
            number = number.shiftLeft(8).add(BigInteger.valueOf(octets[i] & 0xFF));
        }
        return number.clearBit(255);
    }

    @Nested
    class Rfc8037Section2 {
        @Test
        void takesEd25519ForItsOneAlgorithm() {
            PublicKey key = TestKey.generate(TestAlgorithm.ED25519).publicKey();
            assertThat(KeyRules.flawOf(key)).isEmpty();
            assertThat(KeyRules.algorithmsFor(key)).containsExactly(SignatureAlgorithm.ED25519);
        }

        @Test
        void takesEd448ForItsOneAlgorithm() throws GeneralSecurityException {
            PublicKey key = generate("Ed448");
            assertThat(KeyRules.flawOf(key)).isEmpty();
            assertThat(KeyRules.algorithmsFor(key)).containsExactly(SignatureAlgorithm.ED448);
        }

        /** RFC 8032 §5.2: the points of order 1, 2 and 4, the prime, and an ordinate that no point has. */
        @ParameterizedTest
        @CsvSource({
            "0, of small order",
            "1, of small order",
            "-1, of small order",
            "P, not on its curve",
            "2, not on its curve"
        })
        void refusesBadPointsOfEd448(String ordinate, String flaw) {
            BigInteger p = BigInteger.ONE
                    .shiftLeft(448)
                    .subtract(BigInteger.ONE.shiftLeft(224))
                    .subtract(BigInteger.ONE);
            BigInteger y = ordinate.equals("P") ? p : new BigInteger(ordinate).mod(p);
            assertThat(KeyRules.flawOf(new GivenEdwardsKey(y, false, NamedParameterSpec.ED448)))
                    .hasValueSatisfying(found -> assertThat(found).contains(flaw));
        }

        @ParameterizedTest
        @ValueSource(strings = {"X25519", "X448", "DSA", "DH"})
        void refusesKindsOfKeysThatHaveNoAlgorithmHere(String kind) throws GeneralSecurityException {
            assertThat(KeyRules.flawOf(generate(kind))).contains("kind of key not supported");
        }
    }

    @Nested
    class Rfc8032Section513 {
        @Test
        void takesTheBasePoint() {
            BigInteger base = BigInteger.valueOf(4)
                    .multiply(BigInteger.valueOf(5).modInverse(P))
                    .mod(P);
            assertThat(flawOf(base)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
                })
        void takesTheKeysOfSection71(String key) {
            assertThat(flawOf(littleEndian(key))).isEmpty();
        }

        /** 2 and 7 are the ordinates of no point. */
        @ParameterizedTest
        @ValueSource(longs = {2, 7})
        void refusesAnOrdinateThatNoPointHas(long y) {
            assertThat(flawOf(BigInteger.valueOf(y))).contains("not on its curve");
        }

        @ParameterizedTest
        @ValueSource(longs = {3, 4, 5, 6, 9, 10})
        void takesAnOrdinateThatAPointHas(long y) {
            assertThat(flawOf(BigInteger.valueOf(y))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 3, 18})
        void refusesOrdinatesFromTheModulusOn(long more) {
            assertThat(flawOf(P.add(BigInteger.valueOf(more)))).contains("not on its curve");
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, -3})
        void refusesOrdinatesBelowZero(long y) {
            assertThat(flawOf(BigInteger.valueOf(y))).contains("not on its curve");
        }
    }

    @Nested
    class Rfc8032Section517 {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0000000000000000000000000000000000000000000000000000000000000000",
                    "0100000000000000000000000000000000000000000000000000000000000000",
                    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
                })
        void refusesPointsOfSmallOrderForWhichAnybodyCanSign(String key) {
            assertThat(flawOf(littleEndian(key))).contains("small order");
        }
    }
}
