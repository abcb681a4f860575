package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidRequest;
import static io.tokenguard.attacks.Expectation.invalidToken;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import java.util.List;

/** Stage D: the compact serialisation and its base64url. */
final class CompactRows {
    private static final Expectation MALFORMED = invalidToken("TOKEN_MALFORMED");
    private static final Expectation SYNTAX = invalidRequest("CREDENTIAL_SYNTAX");

    /** Algorithms whose signatures leave bits of their last letter unused. */
    private static final List<TestAlgorithm> WITH_UNUSED_BITS = TestAlgorithm.defaults().stream()
            .filter(algorithm -> algorithm != TestAlgorithm.ES384 && algorithm != TestAlgorithm.ES512)
            .toList();

    private CompactRows() {}

    static List<AttackRow> rows() {
        return List.of(d1(), d2(), d3(), d4(), d5(), d6(), d7(), d8(), d9(), d10(), d11(), d12(), d15());
    }

    private static AttackRow d1() {
        return row("D1", "A token has exactly three parts", "RFC 7515 §7.1", MALFORMED)
                .token("one letter", bench -> "a")
                .token("header alone", bench -> bench.parts().header())
                .token("two parts", bench -> "a.b")
                .tokenOfEach("signature cut off", (bench, algorithm) -> {
                    CompactToken token =
                            CompactToken.parse(bench.token(algorithm).sign());
                    return token.header() + "." + token.payload();
                })
                .token("four parts", bench -> "a.b.c.d")
                .tokenOfEach(
                        "fourth part",
                        (bench, algorithm) -> bench.token(algorithm).sign() + ".AAAA")
                .token("six parts", bench -> "a.b.c.d.e.f")
                .token(
                        "two tokens in one",
                        bench -> bench.token().sign() + "." + bench.token().sign())
                .expecting(invalidToken("TOKEN_ENCRYPTED"))
                .token("five parts", bench -> "a.b.c.d.e")
                .token("fourth and fifth part", bench -> bench.token().sign() + ".AAAA.AAAA")
                .build();
    }

    private static AttackRow d2() {
        return row("D2", "No part of a token is empty", "RFC 7515 §7.1", MALFORMED)
                .tokenOfEach("signature", (bench, algorithm) -> Forge.respellSignature(bench, algorithm, text -> ""))
                .tokenOfEach("header", (bench, algorithm) -> Forge.respellHeader(bench, algorithm, text -> ""))
                .tokenOfEach("payload", (bench, algorithm) -> Forge.respellPayload(bench, algorithm, text -> ""))
                .token("all", bench -> "..")
                .token("all but the header", bench -> bench.parts().header() + "..")
                .token("all but the signature", bench -> ".." + bench.parts().signature())
                .build();
    }

    private static AttackRow d3() {
        return row(
                        "D3",
                        "Trailing dots do not collapse into three parts",
                        "splitters that drop empty parts",
                        invalidToken("TOKEN_MALFORMED", "TOKEN_ENCRYPTED"))
                .tokenWithEach(
                        "after the signature",
                        List.of(".", "..", "...", "....."),
                        (bench, dots) -> bench.token().sign() + dots)
                .tokenWithEach("for a signature", List.of("..", "...", "....", "....."), (bench, dots) -> {
                    CompactToken token = bench.parts();
                    return token.header() + "." + token.payload() + dots;
                })
                .token("before the header", bench -> "." + bench.token().sign())
                .token("doubled", bench -> bench.token().sign().replace(".", ".."))
                .build();
    }

    private static AttackRow d4() {
        return row(
                        "D4",
                        "What is not of the alphabet is not skipped; where it is not even of token68, the header grammar refuses it"
                                + " first (RFC 6750 §2.1)",
                        "lenient base64 decoders",
                        MALFORMED)
                .tokenOfEach(
                        "tilde in the signature",
                        (bench, algorithm) -> Forge.respellSignature(bench, algorithm, text -> Forge.insert(text, "~")))
                .tokenOfEach(
                        "tildes for a letter in the header",
                        (bench, algorithm) -> Forge.respellHeader(bench, algorithm, text -> Forge.insert(text, "~~~~")))
                .tokenOfEach(
                        "tilde in the payload",
                        (bench, algorithm) -> Forge.respellPayload(bench, algorithm, text -> Forge.insert(text, "~")))
                .token("tilde after the signature", bench -> bench.token().sign() + "~")
                .expecting(SYNTAX)
                .tokenWithEach(
                        "in the signature",
                        List.of("!!*", "$", "@", ":", "%41", "\"", "'", "|"),
                        (bench, junk) ->
                                Forge.respellSignature(bench, TestAlgorithm.ES256, text -> Forge.insert(text, junk)))
                .tokenWithEach(
                        "in the payload",
                        List.of("!", "*", "&", "#"),
                        (bench, junk) ->
                                Forge.respellPayload(bench, TestAlgorithm.ES256, text -> Forge.insert(text, junk)))
                .build();
    }

    private static AttackRow d5() {
        return row(
                        "D5",
                        "Padding is refused, and so is what follows it; '=' may only end a token68 (RFC 9110 §11.2)",
                        "RFC 7515 §2; decoders that stop at padding",
                        MALFORMED)
                .tokenWithEach(
                        "at the end",
                        List.of("=", "==", "===", "===="),
                        (bench, padding) -> bench.token().sign() + padding)
                .expecting(SYNTAX)
                .token("letters after padding", bench -> bench.token().sign() + "==AAAA")
                .token("part after padding", bench -> bench.token().sign() + "==.AAAA")
                .token("padded header", bench -> Forge.respellHeader(bench, TestAlgorithm.ES256, text -> text + "=="))
                .token("padded payload", bench -> Forge.respellPayload(bench, TestAlgorithm.ES256, text -> text + "="))
                .build();
    }

    private static AttackRow d6() {
        List<String> strangers =
                List.of("\u00e9\u4e2d", "\u0410", "\uff21", "\ud83d\ude00", "\u2010", "\u00ad", "\u200b");
        return row("D6", "Letters of other scripts are not skipped or folded", "lenient base64 decoders", SYNTAX)
                .tokenWithEach(
                        "in the signature",
                        strangers,
                        (bench, stranger) -> Forge.respellSignature(
                                bench, TestAlgorithm.ES256, text -> Forge.insert(text, stranger)))
                .tokenWithEach(
                        "in the payload",
                        strangers,
                        (bench, stranger) ->
                                Forge.respellPayload(bench, TestAlgorithm.ES256, text -> Forge.insert(text, stranger)))
                .tokenWithEach(
                        "in the header",
                        strangers,
                        (bench, stranger) ->
                                Forge.respellHeader(bench, TestAlgorithm.ES256, text -> Forge.insert(text, stranger)))
                .build();
    }

    private static AttackRow d7() {
        List<String> spaces = List.of(" ", "\t", "\r", "\n", "\r\n", "\u000b", "\f", "\u00a0", "\u2003");
        return row("D7", "No white space stands in a token or after it", "RFC 6750 §2.1; lenient decoders", SYNTAX)
                .tokenWithEach(
                        "after the token",
                        spaces,
                        (bench, space) -> bench.token().sign() + space)
                .tokenWithEach(
                        "in the signature",
                        spaces,
                        (bench, space) ->
                                Forge.respellSignature(bench, TestAlgorithm.ES256, text -> Forge.insert(text, space)))
                .tokenWithEach(
                        "in the payload",
                        spaces,
                        (bench, space) ->
                                Forge.respellPayload(bench, TestAlgorithm.ES256, text -> Forge.insert(text, space)))
                .token("around the dots", bench -> bench.token().sign().replace(".", " . "))
                .build();
    }

    private static AttackRow d8() {
        return row("D8", "The standard alphabet is not the URL-safe one", "RFC 4648 §5", MALFORMED)
                .tokenOfEach(
                        "signature",
                        (bench, algorithm) -> Forge.until(
                                token -> token.contains("+") || token.contains("/"),
                                () -> Forge.respellSignature(
                                        bench,
                                        algorithm,
                                        text -> text.replace('-', '+').replace('_', '/'))))
                .tokenOfEach(
                        "header", (bench, algorithm) -> Forge.respellHeader(bench, algorithm, Forge::standardAlphabet))
                .tokenOfEach(
                        "payload",
                        (bench, algorithm) -> Forge.respellPayload(bench, algorithm, Forge::standardAlphabet))
                .build();
    }

    private static AttackRow d9() {
        return row("D9", "Unused bits are zero: a token has one spelling", "RFC 4648 §3.5", MALFORMED)
                .tokenOfEach(
                        "signature",
                        WITH_UNUSED_BITS,
                        (bench, algorithm) -> Forge.respellSignature(bench, algorithm, Forge::setUnusedBit))
                .tokenOfEach("header", (bench, algorithm) -> Forge.respellHeader(bench, algorithm, Forge::setUnusedBit))
                .tokenOfEach(
                        "payload", (bench, algorithm) -> Forge.respellPayload(bench, algorithm, Forge::setUnusedBit))
                .build();
    }

    private static AttackRow d10() {
        return row("D10", "No bytes have a length of 1 modulo 4 in base64", "RFC 4648 §4", MALFORMED)
                .tokenOfEach(
                        "signature",
                        (bench, algorithm) -> Forge.respellSignature(bench, algorithm, Forge::impossibleLength))
                .tokenOfEach(
                        "header", (bench, algorithm) -> Forge.respellHeader(bench, algorithm, Forge::impossibleLength))
                .tokenOfEach(
                        "payload",
                        (bench, algorithm) -> Forge.respellPayload(bench, algorithm, Forge::impossibleLength))
                .tokenWithEach(
                        "signature of",
                        List.of("A", "AAAAA", "AAAAAAAAA"),
                        (bench, letters) -> Forge.respellSignature(bench, TestAlgorithm.ES256, text -> letters))
                .build();
    }

    private static AttackRow d11() {
        return row(
                        "D11",
                        "The JSON serialisation is no access token; as it stands it is not even a token68",
                        "RFC 7515 §7.2; format confusion",
                        SYNTAX)
                .token("general", bench -> general(bench.parts()))
                .token("flattened", bench -> flattened(bench.parts()))
                .token("with leading white space", bench -> "  \n" + flattened(bench.parts()))
                .expecting(MALFORMED)
                .token("general, encoded", bench -> Forge.encode(general(bench.parts())))
                .token("flattened, encoded", bench -> Forge.encode(flattened(bench.parts())))
                .expecting(invalidToken("HEADER_REJECTED"))
                .token("flattened, for a header", bench -> {
                    CompactToken token = bench.parts();
                    return Forge.encode(flattened(token)) + "." + token.payload() + "." + token.signature();
                })
                .build();
    }

    private static String general(CompactToken token) {
        return "{\"payload\":\"" + token.payload() + "\",\"signatures\":[{\"protected\":\"" + token.header()
                + "\",\"signature\":\"" + token.signature() + "\"}]}";
    }

    private static String flattened(CompactToken token) {
        return "{\"payload\":\"" + token.payload() + "\",\"protected\":\"" + token.header() + "\",\"signature\":\""
                + token.signature() + "\"}";
    }

    private static AttackRow d12() {
        return row("D12", "A detached payload is not fetched from elsewhere", "RFC 7515 appendix F", MALFORMED)
                .attack("payload as the body", bench -> {
                    CompactToken token = bench.parts();
                    return bench.present(token.withPayload("").compact())
                            .post("application/json", bench.token().payloadJson());
                })
                .tokenOfEach(
                        "payload cut out",
                        (bench, algorithm) -> CompactToken.parse(
                                        bench.token(algorithm).sign())
                                .withPayload("")
                                .compact())
                .build();
    }

    private static AttackRow d15() {
        return row(
                        "D15",
                        "An encrypted token is not decrypted where encryption is off",
                        "CVE-2026-29000",
                        invalidToken("TOKEN_ENCRYPTED"))
                .tokenWithEach(
                        "",
                        List.of("RSA-OAEP", "RSA-OAEP-256", "RSA1_5", "dir", "A128KW", "ECDH-ES", "PBES2-HS256+A128KW"),
                        (bench, algorithm) -> encrypted(bench, "\"alg\":\"" + algorithm + "\",\"enc\":\"A128GCM\""))
                .token(
                        "with a zip bomb's header",
                        bench -> encrypted(bench, "\"alg\":\"dir\",\"enc\":\"A128GCM\",\"zip\":\"DEF\""))
                .token("with a signed token's header", bench -> encrypted(bench, "\"alg\":\"ES256\""))
                .build();
    }

    private static String encrypted(AttackBench bench, String members) {
        String header =
                "{" + members + ",\"kid\":\"" + bench.key(TestAlgorithm.RS256).kid() + "\",\"cty\":\"JWT\"}";
        return Forge.encode(header) + "." + Forge.encode("x".repeat(256)) + "." + Forge.encode("x".repeat(12)) + "."
                + Forge.encode(bench.token().sign()) + "." + Forge.encode("x".repeat(16));
    }
}
