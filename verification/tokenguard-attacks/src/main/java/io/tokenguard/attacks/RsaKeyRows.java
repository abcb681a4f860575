package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestJson;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Stage F: RSA keys that no issuer should publish. Their signatures are true: only the rule for keys stands in the way. */
final class RsaKeyRows {
    private static final Expectation REFUSED = invalidToken("KEY_REFUSED");
    private static final int BITS = 2_048;

    private RsaKeyRows() {}

    static List<AttackRow> rows() {
        return List.of(f5(), f6(), f7(), f8());
    }

    private static AttackRow f5() {
        return row("F5", "An RSA modulus has at least 2048 bits", "RFC 7518 §3.3", REFUSED)
                .withOwnIssuer()
                .token("512 bits", bench -> RsaPair.ofLength(512, RsaPair.F4).publishAndSign(bench))
                .token("1024 bits", bench -> RsaPair.ofLength(1_024, RsaPair.F4).publishAndSign(bench))
                .token("2047 bits", bench -> RsaPair.ofLength(2_047, RsaPair.F4).publishAndSign(bench))
                .token("2040 bits", bench -> RsaPair.ofLength(2_040, RsaPair.F4).publishAndSign(bench))
                .expecting(pass())
                .token("2048 bits", bench -> RsaPair.ofLength(BITS, RsaPair.F4).publishAndSign(bench))
                .token("3000 bits", bench -> RsaPair.ofLength(3_000, RsaPair.F4).publishAndSign(bench))
                .build();
    }

    private static AttackRow f6() {
        return row("F6", "An RSA modulus has at most 8192 bits", "cost of verification", REFUSED)
                .withOwnIssuer()
                .token("8193 bits", bench -> RsaPair.ofLength(8_193, RsaPair.F4).publishAndSign(bench))
                .token(
                        "16384 bits",
                        bench -> RsaPair.ofLength(16_384, RsaPair.F4).publishAndSign(bench))
                .token(
                        "65536 bits",
                        bench -> unsignable(
                                bench,
                                new BigInteger(65_535, new Random(1))
                                        .setBit(65_535)
                                        .setBit(0)))
                .expecting(pass())
                .token("8192 bits", bench -> RsaPair.ofLength(8_192, RsaPair.F4).publishAndSign(bench))
                .build();
    }

    /** Publishes a modulus for which no signature can be made, and a token that names it. */
    private static String unsignable(AttackBench bench, BigInteger modulus) {
        return withMembers(bench, Map.of("n", Forge.encode(Numbers.unsigned(modulus))));
    }

    /** Publishes a key with other members than its own, and a token that names it. */
    private static String withMembers(AttackBench bench, Map<String, String> members) {
        Map<String, Object> jwk = RsaPair.ofLength(BITS, RsaPair.F4).jwk("rsa");
        jwk.putAll(members);
        bench.issuer().publishJwk(TestJson.write(jwk));
        return RsaForge.signed(bench.token().header("kid", "rsa"), "RS256", input -> new byte[256]);
    }

    private static AttackRow f7() {
        AttackRow.Builder row = row(
                        "F7",
                        "An RSA exponent is odd, at least 3 and below 2^32",
                        "RFC 8017 §3.1; cost of verification",
                        REFUSED)
                .withOwnIssuer();
        Map<String, BigInteger> exponents = Map.of(
                "1", BigInteger.ONE,
                "2", BigInteger.TWO,
                "65536", BigInteger.valueOf(65_536),
                "2^32 + 15", BigInteger.valueOf((1L << 32) + 15),
                "of 64 bits", BigInteger.ONE.shiftLeft(63).add(BigInteger.valueOf(29)),
                "of 2046 bits", BigInteger.ONE.shiftLeft(2_045).add(BigInteger.valueOf(2_001)));
        exponents.forEach((variant, exponent) ->
                row.token(variant, bench -> RsaPair.ofLength(BITS, exponent).publishAndSign(bench)));
        return row.token("0", bench -> withMembers(bench, Map.of("e", "AA")))
                .token("empty", bench -> withMembers(bench, Map.of("e", "")))
                .token("text", bench -> withMembers(bench, Map.of("e", "65537!")))
                .token("the modulus itself", bench -> {
                    RsaPair pair = RsaPair.ofLength(BITS, RsaPair.F4);
                    return withMembers(bench, Map.of("e", Forge.encode(Numbers.unsigned(pair.modulus()))));
                })
                .expecting(pass())
                .token(
                        "3",
                        bench -> RsaPair.ofLength(BITS, BigInteger.valueOf(3)).publishAndSign(bench))
                .token(
                        "17",
                        bench -> RsaPair.ofLength(BITS, BigInteger.valueOf(17)).publishAndSign(bench))
                .token(
                        "2^32 - 5",
                        bench -> RsaPair.ofLength(BITS, BigInteger.valueOf((1L << 32) - 5))
                                .publishAndSign(bench))
                .build();
    }

    private static AttackRow f8() {
        AttackRow.Builder row = row(
                        "F8", "An RSA modulus shows no weakness", "CVE-2017-15361; factors that anybody finds", REFUSED)
                .withOwnIssuer();
        for (int factor : List.of(2, 3, 5, 7, 101, 499, 997)) {
            row.token(
                    "factor " + factor,
                    bench -> RsaPair.completed(List.of(BigInteger.valueOf(factor)), BITS, RsaPair.F4)
                            .publishAndSign(bench));
        }
        return row.token("ROCA", bench -> roca().publishAndSign(bench))
                .token("0", bench -> withMembers(bench, Map.of("n", "AA")))
                .token("empty", bench -> withMembers(bench, Map.of("n", "")))
                .token("power of two", bench -> unsignable(bench, BigInteger.ONE.shiftLeft(BITS - 1)))
                .token("missing, but for a number", bench -> {
                    Map<String, Object> jwk = RsaPair.ofLength(BITS, RsaPair.F4).jwk("rsa");
                    jwk.put("n", 7);
                    bench.issuer().publishJwk(TestJson.write(jwk));
                    return bench.token()
                            .header("kid", "rsa")
                            .header("alg", "RS256")
                            .sign();
                })
                .token("padded", bench -> {
                    String n = String.valueOf(
                            RsaPair.ofLength(BITS, RsaPair.F4).jwk("rsa").get("n"));
                    return withMembers(bench, Map.of("n", n + "=="));
                })
                .build();
    }

    /** Primes as the flawed generator made them: k * M + (65537^a mod M), where M is the product of small primes. */
    private static RsaPair roca() {
        BigInteger product = IntStream.rangeClosed(2, 701)
                .mapToObj(BigInteger::valueOf)
                .filter(number -> number.isProbablePrime(30))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        Random random = new Random(2_017);
        return Forge.until(
                pair -> pair.modulus().bitLength() == BITS,
                () -> new RsaPair(List.of(rocaPrime(product, random), rocaPrime(product, random)), RsaPair.F4));
    }

    private static BigInteger rocaPrime(BigInteger product, Random random) {
        return Forge.until(prime -> prime.isProbablePrime(30), () -> {
            BigInteger residue = RsaPair.F4.modPow(BigInteger.valueOf(random.nextInt(1 << 30)), product);
            BigInteger factor = new BigInteger(1_024 - product.bitLength(), random).setBit(1_023 - product.bitLength());
            return factor.multiply(product).add(residue);
        });
    }
}
