package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Stage F: keys on curves that no issuer should publish. */
final class CurveKeyRows {
    private static final Expectation REFUSED = invalidToken("KEY_REFUSED");
    private static final String KID = "curve";

    private CurveKeyRows() {}

    static List<AttackRow> rows() {
        return List.of(f9(), f10());
    }

    private static AttackRow f9() {
        return row("F9", "An elliptic curve key is a point on its curve, at full length", "RFC 7518 §6.2.1", REFUSED)
                .withOwnIssuer()
                .tokenOfEach(
                        "x = y = 1",
                        EcdsaRows.ECDSA,
                        (bench, algorithm) -> placed(bench, algorithm, x -> BigInteger.ONE, y -> BigInteger.ONE))
                .tokenOfEach(
                        "x = y = 0",
                        EcdsaRows.ECDSA,
                        (bench, algorithm) -> placed(bench, algorithm, x -> BigInteger.ZERO, y -> BigInteger.ZERO))
                .tokenOfEach(
                        "y one bit off",
                        EcdsaRows.ECDSA,
                        (bench, algorithm) -> placed(bench, algorithm, x -> x, y -> y.flipBit(0)))
                .tokenOfEach("x and y exchanged", EcdsaRows.ECDSA, CurveKeyRows::exchanged)
                .tokenOfEach(
                        "x = y = p",
                        EcdsaRows.ECDSA,
                        (bench, algorithm) ->
                                placed(bench, algorithm, x -> prime(bench, algorithm), y -> prime(bench, algorithm)))
                .token(
                        "x + p, ES512",
                        bench -> placed(
                                bench, TestAlgorithm.ES512, x -> x.add(prime(bench, TestAlgorithm.ES512)), y -> y))
                .token(
                        "y + p, ES512",
                        bench -> placed(
                                bench, TestAlgorithm.ES512, x -> x, y -> y.add(prime(bench, TestAlgorithm.ES512))))
                .tokenOfEach(
                        "a zero ahead",
                        EcdsaRows.ECDSA,
                        (bench, algorithm) -> spelt(bench, keyOf(bench, algorithm), x -> Pkcs1.join(new byte[1], x)))
                .tokenOfEach(
                        "a zero behind",
                        EcdsaRows.ECDSA,
                        (bench, algorithm) ->
                                spelt(bench, keyOf(bench, algorithm), x -> Arrays.copyOf(x, x.length + 1)))
                .tokenOfEach(
                        "the last octet missing",
                        EcdsaRows.ECDSA,
                        (bench, algorithm) ->
                                spelt(bench, keyOf(bench, algorithm), x -> Arrays.copyOf(x, x.length - 1)))
                .token(
                        "a leading zero left out, ES256",
                        bench -> spelt(bench, shortKey(), x -> Arrays.copyOfRange(x, 1, x.length)))
                .tokenOfEach("no x", EcdsaRows.ECDSA, (bench, algorithm) -> without(bench, algorithm, "x"))
                .tokenOfEach("no y", EcdsaRows.ECDSA, (bench, algorithm) -> without(bench, algorithm, "y"))
                .tokenOfEach("no curve", EcdsaRows.ECDSA, (bench, algorithm) -> without(bench, algorithm, "crv"))
                .expecting(pass())
                .token("a leading zero, ES256", bench -> spelt(bench, shortKey(), x -> x))
                .build();
    }

    private static TestKey keyOf(AttackBench bench, TestAlgorithm algorithm) {
        return bench.attackersKey(algorithm).withKid(KID);
    }

    private static BigInteger prime(AttackBench bench, TestAlgorithm algorithm) {
        ECPublicKey key = (ECPublicKey) bench.key(algorithm).publicKey();
        return ((ECFieldFp) key.getParams().getCurve().getField()).getP();
    }

    /** A key whose point is moved, and its true signature: true for who reckons without looking at the point. */
    private static String placed(
            AttackBench bench, TestAlgorithm algorithm, UnaryOperator<BigInteger> x, UnaryOperator<BigInteger> y) {
        TestKey key = keyOf(bench, algorithm);
        ECPublicKey point = (ECPublicKey) key.publicKey();
        int length = (prime(bench, algorithm).bitLength() + 7) / 8;
        Map<String, Object> jwk = key.publicJwkMembers();
        jwk.put("x", Forge.encode(Numbers.octets(x.apply(point.getW().getAffineX()), length)));
        jwk.put("y", Forge.encode(Numbers.octets(y.apply(point.getW().getAffineY()), length)));
        return published(bench, key, jwk);
    }

    private static String exchanged(AttackBench bench, TestAlgorithm algorithm) {
        ECPublicKey point = (ECPublicKey) bench.attackersKey(algorithm).publicKey();
        return placed(
                bench,
                algorithm,
                x -> point.getW().getAffineY(),
                y -> point.getW().getAffineX());
    }

    /** A key with x in another spelling. */
    private static String spelt(AttackBench bench, TestKey key, UnaryOperator<byte[]> spelling) {
        Map<String, Object> jwk = key.publicJwkMembers();
        byte[] x = Base64.getUrlDecoder().decode(String.valueOf(jwk.get("x")));
        jwk.put("x", Forge.encode(spelling.apply(x)));
        return published(bench, key, jwk);
    }

    private static TestKey shortKey() {
        return Forge.until(
                key -> ((ECPublicKey) key.publicKey()).getW().getAffineX().bitLength() <= 248,
                () -> TestKey.generate(TestAlgorithm.ES256, KID));
    }

    private static String without(AttackBench bench, TestAlgorithm algorithm, String member) {
        TestKey key = keyOf(bench, algorithm);
        Map<String, Object> jwk = key.publicJwkMembers();
        jwk.remove(member);
        return published(bench, key, jwk);
    }

    private static String published(AttackBench bench, TestKey key, Map<String, Object> jwk) {
        bench.issuer().publishJwk(TestJson.write(jwk));
        return bench.issuer().token().key(key).sign();
    }

    private static AttackRow f10() {
        AttackRow.Builder row = row(
                        "F10",
                        "An Ed25519 key is canonical, on the curve and not of small order",
                        "RFC 8032 §5.1.3",
                        REFUSED)
                .withOwnIssuer();
        for (String point : EdwardsForge.SMALL_ORDER) {
            row.token(
                    "small order " + point,
                    bench -> EdwardsForge.bySmallOrder(bench, HexFormat.of().parseHex(point)));
        }
        for (int length : List.of(0, 1, 31, 33, 64)) {
            row.token(length + " octets", bench -> damaged(bench, x -> Arrays.copyOf(x, length)));
        }
        return row.token(
                        "not on the curve",
                        bench -> damaged(bench, x -> Numbers.reversed(Numbers.octets(BigInteger.TWO, 32))))
                .token(
                        "y = 2^255 - 1",
                        bench -> damaged(bench, x -> {
                            byte[] ones = new byte[32];
                            Arrays.fill(ones, (byte) 0xFF);
                            return ones;
                        }))
                .build();
    }

    private static String damaged(AttackBench bench, UnaryOperator<byte[]> change) {
        TestKey key = keyOf(bench, TestAlgorithm.EDDSA);
        return spelt(bench, key, change);
    }
}
