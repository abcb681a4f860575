package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Stage G: ECDSA. */
final class EcdsaRows {
    static final List<TestAlgorithm> ECDSA = List.of(TestAlgorithm.ES256, TestAlgorithm.ES384, TestAlgorithm.ES512);
    private static final Expectation INVALID = invalidToken("SIGNATURE_INVALID");
    private static final BigInteger ZERO = BigInteger.ZERO;
    private static final BigInteger ONE = BigInteger.ONE;

    private EcdsaRows() {}

    static List<AttackRow> rows() {
        return List.of(g1(), g2(), g3());
    }

    private static AttackRow.Builder each(
            AttackRow.Builder row, Map<String, Function<EcdsaForge.Numbered, byte[]>> changes) {
        changes.forEach((variant, change) ->
                row.tokenOfEach(variant, ECDSA, (bench, algorithm) -> EcdsaForge.renumbered(bench, algorithm, change)));
        return row;
    }

    private static AttackRow g1() {
        Map<String, Function<EcdsaForge.Numbered, byte[]>> changes = new LinkedHashMap<>();
        changes.put("r = s = 0", n -> n.with(ZERO, ZERO));
        changes.put("r = 0", n -> n.with(ZERO, n.s()));
        changes.put("s = 0", n -> n.with(n.r(), ZERO));
        changes.put("r = n", n -> n.with(n.order(), n.s()));
        changes.put("s = n", n -> n.with(n.r(), n.order()));
        changes.put("r = s = n", n -> n.with(n.order(), n.order()));
        changes.put("r = 0, s = n", n -> n.with(ZERO, n.order()));
        changes.put("r = n, s = 0", n -> n.with(n.order(), ZERO));
        changes.put("r = s = 1", n -> n.with(ONE, ONE));
        changes.put("r = 1, s = n - 1", n -> n.with(ONE, n.order().subtract(ONE)));
        changes.put("r = n - 1, s = 1", n -> n.with(n.order().subtract(ONE), ONE));
        changes.put("r = n + 1", n -> n.with(n.order().add(ONE), n.s()));
        changes.put("s = n + 1", n -> n.with(n.r(), n.order().add(ONE)));
        changes.put("all ones", n -> n.with(ones(n), ones(n)));
        changes.put("r and s exchanged", n -> n.with(n.s(), n.r()));
        changes.put("r negated", n -> n.with(n.order().subtract(n.r()), n.s()));
        changes.put(
                "both negated", n -> n.with(n.order().subtract(n.r()), n.order().subtract(n.s())));
        AttackRow.Builder row =
                each(row("G1", "Both numbers of a signature are from 1 to n - 1", "CVE-2022-21449", INVALID), changes);
        for (int k : List.of(1, 2, 100)) {
            row.token(
                    "r + " + k + "n, ES512",
                    bench -> EcdsaForge.renumbered(
                            bench, TestAlgorithm.ES512, n -> n.with(n.r().add(times(n, k)), n.s())));
            row.token(
                    "s + " + k + "n, ES512",
                    bench -> EcdsaForge.renumbered(
                            bench, TestAlgorithm.ES512, n -> n.with(n.r(), n.s().add(times(n, k)))));
            row.token(
                    "r = s = " + k + "n, ES512",
                    bench -> EcdsaForge.renumbered(bench, TestAlgorithm.ES512, n -> n.with(times(n, k), times(n, k))));
        }
        return row.build();
    }

    private static BigInteger times(EcdsaForge.Numbered numbers, int factor) {
        return numbers.order().multiply(BigInteger.valueOf(factor));
    }

    private static BigInteger ones(EcdsaForge.Numbered numbers) {
        return ONE.shiftLeft(8 * numbers.half()).subtract(ONE);
    }

    private static AttackRow g2() {
        Map<String, Function<EcdsaForge.Numbered, byte[]>> changes = new LinkedHashMap<>();
        changes.put("DER", n -> Certificates.derSignature(n.with(n.r(), n.s())));
        changes.put("a zero ahead of each", n -> n.inHalvesOf(n.half() + 1));
        changes.put("a zero ahead", n -> Pkcs1.join(new byte[1], n.with(n.r(), n.s())));
        changes.put("a zero behind", n -> Pkcs1.join(n.with(n.r(), n.s()), new byte[1]));
        changes.put("twice", n -> Pkcs1.join(n.with(n.r(), n.s()), n.with(n.r(), n.s())));
        changes.put("in halves twice as long", n -> n.inHalvesOf(2 * n.half()));
        changes.put("r alone", n -> Numbers.octets(n.r(), n.half()));
        changes.put("one octet", n -> new byte[1]);
        AttackRow.Builder row =
                each(row("G2", "A signature has exactly 64, 96 or 132 octets", "RFC 7518 §3.4", INVALID), changes);
        return row.tokenOfEach("the last octet missing", ECDSA, (bench, algorithm) -> {
                    CompactToken token =
                            CompactToken.parse(bench.token(algorithm).sign());
                    byte[] whole = token.signatureBytes();
                    return token.withSignature(Arrays.copyOf(whole, whole.length - 1))
                            .compact();
                })
                .token("62 octets, zeros left out, ES256", EcdsaForge::stripped)
                .token(
                        "130 octets, zeros left out, ES512",
                        bench -> Forge.until(
                                token -> CompactToken.parse(token).signatureBytes().length == 130,
                                () -> EcdsaForge.renumbered(bench, TestAlgorithm.ES512, EcdsaRows::withoutZeros)))
                .build();
    }

    private static byte[] withoutZeros(EcdsaForge.Numbered numbers) {
        boolean isShort = numbers.r().max(numbers.s()).bitLength() <= 8 * 65;
        return numbers.inHalvesOf(isShort ? 65 : 66);
    }

    private static AttackRow g3() {
        return each(
                        row(
                                "G3",
                                "The other of two signatures is as good: they are no identity of a token",
                                "FIPS 186-5 §6.4.2: n - s verifies where s does",
                                pass()),
                        Map.of("s negated", n -> n.with(n.r(), n.order().subtract(n.s()))))
                .build();
    }
}
