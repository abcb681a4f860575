package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Stage D: the shape of the header, sizes, and tokens inside of tokens. */
final class ShapeRows {
    private static final Expectation MALFORMED = invalidToken("TOKEN_MALFORMED");
    private static final Expectation REJECTED = invalidToken("HEADER_REJECTED");

    private ShapeRows() {}

    static List<AttackRow> rows() {
        return List.of(d13(), d14(), d16(), d17(), d18(), d19());
    }

    private static AttackRow d13() {
        return row("D13", "An unencoded payload is refused although crit announces it", "RFC 7797 §6", REJECTED)
                .tokenOfEach(
                        "b64 false",
                        (bench, algorithm) -> bench.token(algorithm)
                                .header("b64", false)
                                .header("crit", List.of("b64"))
                                .sign())
                .token(
                        "b64 true",
                        bench -> bench.token()
                                .header("b64", true)
                                .header("crit", List.of("b64"))
                                .sign())
                .token("payload signed as it is", ShapeRows::unencoded)
                .build();
    }

    /** RFC 7797 §3: the signature covers the payload itself, not its base64url. */
    private static String unencoded(AttackBench bench) {
        String header = Forge.encode(bench.token()
                .header("b64", false)
                .header("crit", List.of("b64"))
                .headerJson());
        String payload = bench.token().payloadJson();
        byte[] signature = bench.issuer()
                .currentKey()
                .sign(
                        bench.issuer().currentKey().algorithm(),
                        (header + "." + payload).getBytes(StandardCharsets.UTF_8));
        return header + "." + Forge.encode(payload) + "." + Forge.encode(signature);
    }

    private static AttackRow d14() {
        return row("D14", "An unencoded payload without crit is refused too", "RFC 7797 §6", REJECTED)
                .tokenOfEach(
                        "b64 false",
                        (bench, algorithm) ->
                                bench.token(algorithm).header("b64", false).sign())
                .token("b64 null", bench -> bench.token().header("b64", null).sign())
                .token(
                        "b64 as text",
                        bench -> bench.token().header("b64", "false").sign())
                .expecting(pass())
                .token(
                        "b64 true, which is the default",
                        bench -> bench.token().header("b64", true).sign())
                .build();
    }

    private static AttackRow d16() {
        List<String> texts = List.of(
                "[]",
                "\"x\"",
                "1",
                "null",
                "true",
                "{",
                "{\"alg\"",
                "{\"alg\":\"ES256\"",
                "[{\"alg\":\"ES256\"}]",
                "{}}",
                "alg=ES256",
                " ",
                "{\"alg\":\"ES256\",}",
                "{'alg':'ES256'}",
                "{\"alg\":\"ES256\"}{}",
                "\ufeff{\"alg\":\"ES256\"}");
        return row("D16", "A header is one strict JSON object", "RFC 7515 §4, RFC 8259", MALFORMED)
                .tokenWithEach(
                        "header",
                        texts,
                        (bench, text) -> bench.token().rawHeader(text).sign())
                .token(
                        "header in UTF-16",
                        bench -> bench.token()
                                .rawHeader(bench.token().headerJson().getBytes(StandardCharsets.UTF_16))
                                .sign())
                .token(
                        "header with a comment",
                        bench -> bench.token()
                                .rawHeader("{/**/" + bench.token().headerJson().substring(1))
                                .sign())
                .token(
                        "header with a raw control character",
                        bench -> bench.token()
                                .rawHeader(bench.token().headerJson().replace("at+jwt", "at+jwt\u0001"))
                                .sign())
                .token(
                        "header that is not UTF-8",
                        bench -> bench.token()
                                .rawHeader(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'})
                                .sign())
                .expecting(pass())
                .token(
                        "header with white space, which is legal",
                        bench -> bench.token()
                                .rawHeader(
                                        "\r\n\t " + bench.token().headerJson().replace(",", " , ") + "\n")
                                .sign())
                .build();
    }

    private static AttackRow d17() {
        return row("D17", "A header is at most 8 KiB long", "RFC 8725 §2.4", invalidToken("TOKEN_TOO_LARGE"))
                .token("one character more", bench -> Sizes.tokenWithHeaderOfLength(bench, 10_924))
                .token("twice as long", bench -> Sizes.tokenWithHeaderOfLength(bench, 12_288))
                .token(
                        "stuffed with certificates",
                        bench -> bench.token()
                                .header("x5c", List.of("A".repeat(4_096), "A".repeat(4_096)))
                                .sign())
                .token(
                        "with a comment for zip",
                        bench -> bench.token().header("zip", "x".repeat(8_192)).sign())
                .build();
    }

    private static AttackRow d18() {
        return row(
                        "D18",
                        "A token inside a token is not unwrapped",
                        "RFC 7519 §5.2; nesting loops before the signature",
                        invalidToken("TOKEN_MALFORMED"))
                .token("one deep", bench -> nested(bench, 1))
                .token("five deep", bench -> nested(bench, 5))
                .token("without saying so", bench -> bench.payload(bench.token().sign()))
                .token(
                        "as a JSON text",
                        bench -> bench.payload("\"" + bench.token().sign() + "\""))
                .expecting(pass())
                .token(
                        "cty on a good token",
                        bench -> bench.token().header("cty", "JWT").sign())
                .token(
                        "cty in small letters",
                        bench -> bench.token().header("cty", "jwt").sign())
                .build();
    }

    private static String nested(AttackBench bench, int depth) {
        String token = bench.token().sign();
        for (int i = 0; i < depth; i++) {
            token = bench.token().header("cty", "JWT").rawPayload(token).sign();
        }
        return token;
    }

    private static AttackRow d19() {
        return row("D19", "What is as large as allowed is good", "edges", pass())
                .token("token of 16384 characters", bench -> Sizes.tokenOfLength(bench, 16_384))
                .token("header of 8 KiB", bench -> Sizes.tokenWithHeaderOfLength(bench, 10_923))
                .build();
    }
}
