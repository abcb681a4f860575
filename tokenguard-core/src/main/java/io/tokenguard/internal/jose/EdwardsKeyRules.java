package io.tokenguard.internal.jose;

import java.math.BigInteger;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;
import java.util.Set;

/**
 * Rules for Edwards curve keys: Ed25519 or Ed448, canonical, on the curve, not of small order (RFC 8032 §5.1.3, §5.1.7, §5.2.3,
 * §5.2.7).
 */
final class EdwardsKeyRules {
    private static final Curve ED25519 = ed25519();
    private static final Curve ED448 = ed448();

    private EdwardsKeyRules() {}

    /**
     * A curve, a x² + y² = 1 + d x² y².
     *
     * @param name its name
     * @param p the prime of its field
     * @param a 1 or -1
     * @param d its parameter
     * @param smallOrder the y coordinates of the points of small order
     */
    private record Curve(String name, BigInteger p, BigInteger a, BigInteger d, Set<BigInteger> smallOrder) {
        Optional<String> flawOf(BigInteger y) {
            if (y.signum() < 0 || y.compareTo(p) >= 0 || !isOnCurve(y)) {
                return Optional.of(name + " point is not on its curve");
            }
            return smallOrder.contains(y) ? Optional.of(name + " point is of small order") : Optional.empty();
        }

        /** x² = (y² - 1) / (d y² - a) must be a square. */
        private boolean isOnCurve(BigInteger y) {
            BigInteger ySquared = y.multiply(y).mod(p);
            BigInteger divisor = d.multiply(ySquared).subtract(a).mod(p);
            BigInteger xSquared = ySquared.subtract(BigInteger.ONE)
                    .multiply(divisor.modInverse(p))
                    .mod(p);
            return xSquared.signum() == 0 || xSquared.modPow(p.shiftRight(1), p).equals(BigInteger.ONE);
        }
    }

    /** The y coordinate of two of the points of order eight is a constant here; the other two have its negative. */
    private static Curve ed25519() {
        BigInteger p = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        BigInteger d = BigInteger.valueOf(-121_665)
                .multiply(BigInteger.valueOf(121_666).modInverse(p))
                .mod(p);
        BigInteger orderEight = new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);
        return new Curve(
                "Ed25519",
                p,
                BigInteger.ONE.negate(),
                d,
                Set.of(
                        BigInteger.ZERO,
                        BigInteger.ONE,
                        p.subtract(BigInteger.ONE),
                        orderEight,
                        p.subtract(orderEight)));
    }

    /** Its cofactor is four. */
    private static Curve ed448() {
        BigInteger p = BigInteger.ONE
                .shiftLeft(448)
                .subtract(BigInteger.ONE.shiftLeft(224))
                .subtract(BigInteger.ONE);
        return new Curve(
                "Ed448",
                p,
                BigInteger.ONE,
                BigInteger.valueOf(-39_081),
                Set.of(BigInteger.ZERO, BigInteger.ONE, p.subtract(BigInteger.ONE)));
    }

    static boolean isEd448(EdECPublicKey key) {
        return NamedParameterSpec.ED448.getName().equals(key.getParams().getName());
    }

    static Optional<String> flawOf(EdECPublicKey key) {
        if (isEd448(key)) {
            return ED448.flawOf(key.getPoint().getY());
        }
        return NamedParameterSpec.ED25519.getName().equals(key.getParams().getName())
                ? ED25519.flawOf(key.getPoint().getY())
                : Optional.of("Edwards curve is not Ed25519 or Ed448");
    }
}
