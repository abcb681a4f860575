package io.tokenguard.internal.jose;

import java.math.BigInteger;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;
import java.util.Set;

/** Rules for Edwards curve keys: Ed25519, canonical, on the curve, not of small order (RFC 8032 §5.1.3, §5.1.7). */
final class EdwardsKeyRules {
    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121_665)
            .multiply(BigInteger.valueOf(121_666).modInverse(P))
            .mod(P);

    /** The y coordinate of two of the points of order eight; the other two have its negative. */
    private static final BigInteger ORDER_EIGHT =
            new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);

    private static final Set<BigInteger> SMALL_ORDER =
            Set.of(BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE), ORDER_EIGHT, P.subtract(ORDER_EIGHT));

    private EdwardsKeyRules() {}

    static Optional<String> flawOf(EdECPublicKey key) {
        if (!NamedParameterSpec.ED25519.getName().equals(key.getParams().getName())) {
            return Optional.of("Edwards curve is not Ed25519");
        }
        BigInteger y = key.getPoint().getY();
        if (y.signum() < 0 || y.compareTo(P) >= 0 || !isOnCurve(y)) {
            return Optional.of("Ed25519 point is not on its curve");
        }
        return SMALL_ORDER.contains(y) ? Optional.of("Ed25519 point is of small order") : Optional.empty();
    }

    /** x² = (y² - 1) / (dy² + 1) must be a square. */
    private static boolean isOnCurve(BigInteger y) {
        BigInteger ySquared = y.multiply(y).mod(P);
        BigInteger divisor = D.multiply(ySquared).add(BigInteger.ONE).mod(P);
        BigInteger xSquared = ySquared.subtract(BigInteger.ONE)
                .multiply(divisor.modInverse(P))
                .mod(P);
        return xSquared.signum() == 0 || xSquared.modPow(P.shiftRight(1), P).equals(BigInteger.ONE);
    }
}
