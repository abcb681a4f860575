package io.tokenguard.internal.jose;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.List;
import java.util.Optional;
import org.jose4j.keys.EllipticCurves;

/** Rules for elliptic curve keys: one of the curves of RFC 7518 §6.2.1.1 and RFC 8812 §3.1, and a point on it. */
final class EcKeyRules {
    private static final List<ECParameterSpec> CURVES =
            List.of(EllipticCurves.P256, EllipticCurves.P384, EllipticCurves.P521, EllipticCurves.SECP256K1);

    private EcKeyRules() {}

    static Optional<String> flawOf(ECPublicKey key) {
        ECParameterSpec parameters = key.getParams();
        if (CURVES.stream().noneMatch(curve -> isSame(curve, parameters))) {
            return Optional.of("EC curve is not P-256, P-384, P-521 or secp256k1");
        }
        return isOnCurve(key.getW(), parameters.getCurve())
                ? Optional.empty()
                : Optional.of("EC point is not on its curve");
    }

    /** Whether a key that breaks no rule is on secp256k1, which has the size of P-256. */
    static boolean isOnSecp256k1(ECPublicKey key) {
        return isSame(EllipticCurves.SECP256K1, key.getParams());
    }

    /** Whether a curve is one on which keys can be agreed on (RFC 7518 §4.6): all but secp256k1. */
    static boolean isForAgreement(ECParameterSpec parameters) {
        return CURVES.stream()
                .filter(curve -> curve != EllipticCurves.SECP256K1)
                .anyMatch(curve -> isSame(curve, parameters));
    }

    static boolean isSame(ECParameterSpec one, ECParameterSpec other) {
        return one.getCurve().equals(other.getCurve())
                && one.getGenerator().equals(other.getGenerator())
                && one.getOrder().equals(other.getOrder())
                && one.getCofactor() == other.getCofactor();
    }

    /** SEC 1 §3.2.2.1: neither infinity nor out of range, and y² = x³ + ax + b. The cofactor of these curves is one. */
    private static boolean isOnCurve(ECPoint point, EllipticCurve curve) {
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        if (point.equals(ECPoint.POINT_INFINITY)
                || !isBelow(point.getAffineX(), p)
                || !isBelow(point.getAffineY(), p)) {
            return false;
        }
        BigInteger x = point.getAffineX();
        BigInteger right =
                x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
        return point.getAffineY().modPow(BigInteger.TWO, p).equals(right);
    }

    private static boolean isBelow(BigInteger coordinate, BigInteger p) {
        return coordinate.signum() >= 0 && coordinate.compareTo(p) < 0;
    }
}
