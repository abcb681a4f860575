package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECField;
import java.security.spec.ECFieldF2m;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Elliptic curve keys: RFC 7518 §6.2.1 and SEC 1 §3.2.2.1. */
class EcKeyRulesTest {
    private static final ECPublicKey P256 = key(TestAlgorithm.ES256);
    private static final ECParameterSpec CURVE = P256.getParams();
    private static final BigInteger P = ((ECFieldFp) CURVE.getCurve().getField()).getP();
    private static final BigInteger X = P256.getW().getAffineX();
    private static final BigInteger Y = P256.getW().getAffineY();

    private static ECPublicKey key(TestAlgorithm algorithm) {
        return (ECPublicKey) TestKey.generate(algorithm).publicKey();
    }

    private static String flawOf(ECPoint point, ECParameterSpec parameters) {
        return KeyRules.flawOf(new GivenEcKey(point, parameters)).orElse("");
    }

    @Nested
    class Rfc7518Section6211 {
        @ParameterizedTest
        @CsvSource({"ES256,ES256", "ES384,ES384", "ES512,ES512"})
        void takesTheThreeCurvesAndEachForOneAlgorithm(TestAlgorithm kind, SignatureAlgorithm algorithm) {
            ECPublicKey key = key(kind);
            assertThat(KeyRules.flawOf(key)).isEmpty();
            assertThat(KeyRules.algorithmsFor(key)).containsExactly(algorithm);
        }

        static List<ECParameterSpec> nearlyP256() {
            EllipticCurve curve = CURVE.getCurve();
            ECField otherField = new ECFieldFp(P.subtract(BigInteger.valueOf(2)));
            EllipticCurve ofOtherField = new EllipticCurve(otherField, curve.getA(), curve.getB());
            EllipticCurve ofOtherA = new EllipticCurve(curve.getField(), BigInteger.ONE, curve.getB());
            EllipticCurve ofOtherB = new EllipticCurve(curve.getField(), curve.getA(), BigInteger.ONE);
            EllipticCurve binary = new EllipticCurve(new ECFieldF2m(571), BigInteger.ONE, BigInteger.ONE);
            return List.of(
                    parameters(ofOtherField, CURVE.getGenerator(), CURVE.getOrder(), 1),
                    parameters(ofOtherA, CURVE.getGenerator(), CURVE.getOrder(), 1),
                    parameters(ofOtherB, CURVE.getGenerator(), CURVE.getOrder(), 1),
                    parameters(binary, CURVE.getGenerator(), CURVE.getOrder(), 1),
                    parameters(curve, P256.getW(), CURVE.getOrder(), 1),
                    parameters(curve, CURVE.getGenerator(), CURVE.getOrder().subtract(BigInteger.TWO), 1),
                    parameters(curve, CURVE.getGenerator(), CURVE.getOrder(), 2));
        }

        private static ECParameterSpec parameters(
                EllipticCurve curve, ECPoint generator, BigInteger order, int cofactor) {
            return new ECParameterSpec(curve, generator, order, cofactor);
        }

        /** CVE-2020-0601: who may choose the generator knows the private key of any public one. */
        @ParameterizedTest
        @MethodSource("nearlyP256")
        void refusesACurveOfWhichOneParameterDiffers(ECParameterSpec parameters) {
            assertThat(flawOf(P256.getW(), parameters)).contains("curve is not");
        }
    }

    @Nested
    class Sec1Section3221 {
        @Test
        void takesEveryPointOfTheCurve() {
            assertThat(flawOf(CURVE.getGenerator(), CURVE)).isEmpty();
            assertThat(flawOf(new ECPoint(X, P.subtract(Y)), CURVE)).isEmpty();
        }

        /** x = 0 has a point on P-256, as b is a square. */
        @Test
        void takesAPointWithACoordinateOfZero() {
            BigInteger root =
                    CURVE.getCurve().getB().modPow(P.add(BigInteger.ONE).shiftRight(2), P);
            assertThat(flawOf(new ECPoint(BigInteger.ZERO, root), CURVE)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"0,0", "1,1", "0,1", "1,0"})
        void refusesPointsOffTheCurve(BigInteger x, BigInteger y) {
            assertThat(flawOf(new ECPoint(x, y), CURVE)).contains("not on its curve");
        }

        @Test
        void refusesAPointNextToAGoodOne() {
            assertThat(flawOf(new ECPoint(X, Y.xor(BigInteger.ONE)), CURVE)).contains("not on its curve");
            assertThat(flawOf(new ECPoint(X.xor(BigInteger.ONE), Y), CURVE)).contains("not on its curve");
            assertThat(flawOf(new ECPoint(Y, X), CURVE)).contains("not on its curve");
        }

        @Test
        void refusesInfinity() {
            assertThat(flawOf(ECPoint.POINT_INFINITY, CURVE)).contains("not on its curve");
        }

        @Test
        void refusesCoordinatesThatAreOnlyCongruentToThoseOfAPoint() {
            assertThat(flawOf(new ECPoint(X.add(P), Y), CURVE)).contains("not on its curve");
            assertThat(flawOf(new ECPoint(X, Y.add(P)), CURVE)).contains("not on its curve");
            assertThat(flawOf(new ECPoint(X.subtract(P), Y), CURVE)).contains("not on its curve");
            assertThat(flawOf(new ECPoint(X, Y.subtract(P)), CURVE)).contains("not on its curve");
        }

        @Test
        void refusesTheModulusInThePlaceOfZero() {
            BigInteger root =
                    CURVE.getCurve().getB().modPow(P.add(BigInteger.ONE).shiftRight(2), P);
            assertThat(flawOf(new ECPoint(P, root), CURVE)).contains("not on its curve");
        }

        @Test
        void refusesAPointOfAnotherCurve() {
            ECParameterSpec other = key(TestAlgorithm.ES384).getParams();
            assertThat(flawOf(P256.getW(), other)).contains("not on its curve");
        }
    }
}
