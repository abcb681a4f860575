package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TokenBuilder;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/** Stage G: Ed25519, and what every algorithm has in common. */
final class SignatureRows {
    private static final Expectation INVALID = invalidToken("SIGNATURE_INVALID");
    private static final List<TestAlgorithm> EDWARDS = List.of(TestAlgorithm.EDDSA, TestAlgorithm.ED25519);

    private SignatureRows() {}

    static List<AttackRow> rows() {
        return List.of(g7(), g8(), g9(), g10());
    }

    private static AttackRow g7() {
        AttackRow.Builder row = row("G7", "Ed25519 has one form of each number", "RFC 8032 §5.1.7", INVALID);
        for (int k : List.of(1, 2, 7)) {
            resigned(
                    row,
                    "S + " + k + "L",
                    signature -> EdwardsForge.addToS(signature, EdwardsForge.ORDER.multiply(BigInteger.valueOf(k))));
        }
        resigned(row, "S = 0", signature -> Pkcs1.join(Arrays.copyOf(signature, 32), new byte[32]));
        resigned(
                row,
                "S = L",
                signature -> Pkcs1.join(
                        Arrays.copyOf(signature, 32), Numbers.reversed(Numbers.octets(EdwardsForge.ORDER, 32))));
        resigned(row, "S negated", EdwardsForge::negateS);
        resigned(row, "top bit of S", signature -> Pkcs1.with(signature, 63, signature[63] | 0x80));
        resigned(row, "all zeros", signature -> new byte[64]);
        resigned(row, "sign of R", signature -> Pkcs1.with(signature, 31, signature[31] ^ 0x80));
        resigned(row, "63 octets", signature -> Arrays.copyOf(signature, 63));
        resigned(row, "65 octets", signature -> Arrays.copyOf(signature, 65));
        resigned(row, "114 octets", signature -> Arrays.copyOf(signature, 114));
        resigned(
                row,
                "R and S exchanged",
                signature -> Pkcs1.join(Arrays.copyOfRange(signature, 32, 64), Arrays.copyOf(signature, 32)));
        for (String point : EdwardsForge.SMALL_ORDER) {
            byte[] r = HexFormat.of().parseHex(point);
            resigned(row, "R = " + point, signature -> Pkcs1.join(r, Arrays.copyOfRange(signature, 32, 64)));
            resigned(row, "S = 0, R = " + point, signature -> Pkcs1.join(r, new byte[32]));
        }
        return row.build();
    }

    private static void resigned(AttackRow.Builder row, String variant, UnaryOperator<byte[]> change) {
        row.tokenOfEach(variant, EDWARDS, (bench, algorithm) -> {
            CompactToken token = CompactToken.parse(bench.token(algorithm).sign());
            return token.withSignature(change.apply(token.signatureBytes())).compact();
        });
    }

    private static AttackRow g8() {
        return row(
                        "G8",
                        "A shared secret's signature is not compared at all, cut or whole",
                        "RFC 8725 §3.1",
                        invalidToken("ALGORITHM_NOT_ALLOWED"))
                .tokenWithEach(
                        "whole,",
                        List.of("HS256", "HS384", "HS512"),
                        (bench, hmac) -> bench.token().signWith(new byte[32], hmac))
                .tokenWithEach("cut,", List.of("HS256", "HS384", "HS512"), (bench, hmac) -> {
                    CompactToken token = CompactToken.parse(bench.token().signWith(new byte[32], hmac));
                    return token.withSignature(Arrays.copyOf(token.signatureBytes(), 16))
                            .compact();
                })
                .build();
    }

    private static AttackRow g9() {
        AttackRow.Builder row = row("G9", "No bit of a token can be changed", "RFC 7515 §5.2", INVALID);
        for (TestAlgorithm algorithm : TestAlgorithm.defaults()) {
            row.token(
                    "first bit, " + algorithm.joseName(),
                    bench -> good(bench, algorithm).flipBit(0).compact());
            row.token("a bit amidst, " + algorithm.joseName(), bench -> {
                CompactToken token = good(bench, algorithm);
                return token.flipBit(token.signatureBytes().length * 4).compact();
            });
            row.token("last bit, " + algorithm.joseName(), bench -> {
                CompactToken token = good(bench, algorithm);
                return token.flipBit(token.signatureBytes().length * 8 - 1).compact();
            });
            row.token(
                    "a claim, " + algorithm.joseName(),
                    bench -> restated(bench, algorithm, token -> token.subject("alicf")));
            row.token(
                    "a scope more, " + algorithm.joseName(),
                    bench -> restated(bench, algorithm, token -> token.scope("admin")));
            row.token(
                    "a header parameter more, " + algorithm.joseName(),
                    bench -> restated(bench, algorithm, token -> token.header("x", 1)));
        }
        return row.build();
    }

    private static CompactToken good(AttackBench bench, TestAlgorithm algorithm) {
        return CompactToken.parse(bench.token(algorithm).sign());
    }

    /** The signature of one token under what another says. */
    private static String restated(AttackBench bench, TestAlgorithm algorithm, UnaryOperator<TokenBuilder> change) {
        TokenBuilder token = bench.token(algorithm);
        String signature = CompactToken.parse(token.sign()).signature();
        return CompactToken.parse(change.apply(token).sign())
                .withSignature(signature)
                .compact();
    }

    private static AttackRow g10() {
        AttackRow.Builder row = row("G10", "Parts of good tokens make no good token", "RFC 7515 §5.2", INVALID);
        for (TestAlgorithm algorithm : TestAlgorithm.defaults()) {
            row.token(
                    "payload of another, " + algorithm.joseName(),
                    bench -> good(bench, algorithm)
                            .withPayload(good(bench, algorithm).payload())
                            .compact());
            row.token(
                    "signature of another, " + algorithm.joseName(),
                    bench -> good(bench, algorithm)
                            .withSignature(good(bench, algorithm).signature())
                            .compact());
            row.token("payload and signature exchanged, " + algorithm.joseName(), bench -> {
                CompactToken token = good(bench, algorithm);
                return new CompactToken(
                                token.header(),
                                good(bench, algorithm).payload(),
                                good(bench, algorithm).signature())
                        .compact();
            });
            row.token(
                    "made by another key, " + algorithm.joseName(),
                    bench -> bench.issuer()
                            .token()
                            .key(bench.attackersKey(algorithm)
                                    .withKid(bench.key(algorithm).kid()))
                            .algorithm(algorithm)
                            .sign());
        }
        return row.token(
                        "header of another algorithm and its key",
                        bench -> good(bench, TestAlgorithm.ES256)
                                .withHeader(good(bench, TestAlgorithm.RS256).header())
                                .compact())
                .expecting(pass())
                .tokenOfEach(
                        "header of another, which is the same",
                        (bench, algorithm) -> good(bench, algorithm)
                                .withHeader(good(bench, algorithm).header())
                                .compact())
                .build();
    }
}
