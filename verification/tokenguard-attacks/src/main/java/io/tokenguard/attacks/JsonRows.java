package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Stage I: payloads that are not strict JSON, each signed by the issuer's own key. */
final class JsonRows {
    private static final Expectation MALFORMED = invalidToken("TOKEN_MALFORMED");

    private JsonRows() {}

    static List<AttackRow> rows() {
        return List.of(i1(), i4(), i5(), i6(), i7(), i8(), i9(), i10(), i11());
    }

    /** Members, each with its comma, in front of those of a good token. */
    private static AttackRow.Builder inFront(AttackRow.Builder row, List<String> members) {
        return row.tokenWithEach("", members, (bench, text) -> bench.payload(bench.payloadWith(text)));
    }

    private static AttackRow i1() {
        AttackRow.Builder row = inFront(
                row("I1", "A payload says each thing once, at any depth and in any spelling", "RFC 7519 §4", MALFORMED),
                List.of(
                        "\"sub\":\"mallory\",",
                        "\"\\u0073ub\":\"mallory\",",
                        "\"s\\u0075\\u0062\":\"mallory\",",
                        "\"sub\":null,",
                        "\"exp\":9999999999,",
                        "\"aud\":\"https://other.example\",",
                        "\"iss\":\"https://evil.example\",",
                        "\"scope\":\"a\",\"scope\":\"b\",",
                        "\"x\":{\"y\":1,\"y\":1},",
                        "\"x\":[{\"y\":1,\"\\u0079\":2}],",
                        "\"\":1,\"\":2,",
                        "\"\\u00e9\":1,\"\u00e9\":2,"));
        return row.token("behind", bench -> {
                    String json = bench.token().payloadJson();
                    return bench.payload(json.substring(0, json.length() - 1) + ",\"sub\":\"mallory\"}");
                })
                .build();
    }

    private static AttackRow i4() {
        AttackRow.Builder row =
                row("I4", "A date has an exponent of at most 308", "RFC 8259 §6", invalidToken("CLAIMS_MALFORMED"));
        List<String> extremes = List.of(
                "1e400",
                "-1e400",
                "1E+400",
                "1e-400",
                "1e999999999",
                "1e-999999999",
                "0e99999999999999999999",
                "1.5e309");
        return row.tokenWithEach("exp", extremes, (bench, number) -> bench.withRaw("exp", number))
                .expecting(pass())
                .tokenWithEach("a claim that is not used", extremes, (bench, number) -> bench.withRaw("x", number))
                .token("small exponents", bench -> bench.payload(bench.payloadWith("\"x\":[1e308,-1E-308,1e+0],")))
                .build();
    }

    private static AttackRow i5() {
        return inFront(
                        row("I5", "Commas and colons stand where they must", "RFC 8259 §4", MALFORMED),
                        List.of(
                                ",",
                                ",,",
                                "\"x\"::1,",
                                "\"x\":1,,",
                                "\"x\":1;",
                                "\"x\"=1,",
                                "\"x\" 1,",
                                "\"x\":1 ",
                                "\"x\":,",
                                "\"x\",",
                                ":1,",
                                "\"x\":[1,],",
                                "\"x\":[,1],",
                                "\"x\":[1 2],",
                                "\"x\":{\"y\":1,},"))
                .token("comma at the end", bench -> {
                    String json = bench.token().payloadJson();
                    return bench.payload(json.substring(0, json.length() - 1) + ",}");
                })
                .build();
    }

    private static AttackRow i6() {
        return row("I6", "Nothing but white space follows the object", "RFC 8259 §2", MALFORMED)
                .tokenWithEach(
                        "",
                        List.of("xyz", "{}", "}", "]", ",", "null", "0", "//", "\u0000", "\ufeff", "\u00a0"),
                        (bench, text) -> bench.payload(bench.token().payloadJson() + text))
                .token("the same object again", bench -> {
                    String json = bench.token().payloadJson();
                    return bench.payload(json + json);
                })
                .token("in front", bench -> bench.payload("x" + bench.token().payloadJson()))
                .expecting(pass())
                .token(
                        "white space, which is legal",
                        bench -> bench.payload(" \t\r\n" + bench.token().payloadJson() + "\n\r\t "))
                .build();
    }

    private static AttackRow i7() {
        AttackRow.Builder row = row("I7", "No extension of JSON is read", "RFC 8259 §9", MALFORMED);
        for (String value : List.of(
                "NaN",
                "Infinity",
                "-Infinity",
                "0x10",
                "0b1",
                "01",
                "-01",
                "00",
                "+1",
                ".5",
                "1.",
                "-.5",
                "-",
                "1e",
                "1e+",
                "1_000",
                "1L",
                "1d",
                "'x'",
                "undefined",
                "True",
                "TRUE",
                "nil",
                "tru",
                "nul",
                "truex",
                "\"\\x41\"",
                "\"\\'\"",
                "\"\\u12\"",
                "\"\\u00g0\"",
                "\"\\U0041\"",
                "\"x",
                "[1",
                "{\"y\":1",
                "\u0661",
                "\"\\u\uff11234\"",
                "`x`",
                "\"a\" \"b\"",
                "(1)",
                "-0x1")) {
            row.token(
                    "value " + Names.printable(value),
                    bench -> bench.payload(bench.payloadWith("\"x\":" + value + ",")));
        }
        return inFront(
                        row,
                        List.of(
                                "/**/",
                                "//\n",
                                "#\n",
                                "x:1,",
                                "'x':1,",
                                "1:1,",
                                "null:1,",
                                "<!-- -->",
                                "\u00a0",
                                "\u2028",
                                "\f",
                                "\u000b"))
                .build();
    }

    private static AttackRow i8() {
        AttackRow.Builder row = row("I8", "A text holds no raw control character", "RFC 8259 §7", MALFORMED);
        for (char c = 0; c < 0x20; c++) {
            String text = String.valueOf(c);
            row.token(
                    "in a value, " + Names.printable(text),
                    bench -> bench.payload(bench.payloadWith("\"x\":\"a" + text + "\",")));
        }
        return row.token("in a name", bench -> bench.payload(bench.payloadWith("\"a\u0001\":1,")))
                .expecting(pass())
                .token("DEL, which is legal", bench -> bench.payload(bench.payloadWith("\"x\":\"\u007f\",")))
                .build();
    }

    private static AttackRow i9() {
        List<String> octets = List.of(
                "ff",
                "fe",
                "80",
                "bf",
                "c0af",
                "c080",
                "c1bf",
                "e08080",
                "e09fbf",
                "eda080",
                "edbfbf",
                "f0808080",
                "f08fbfbf",
                "f4908080",
                "f8808080af",
                "fc80808080af",
                "c3",
                "e282",
                "f09f98",
                "c328",
                "e228a1",
                "f0288cbc",
                "e9");
        AttackRow.Builder row = row(
                "I9",
                "Malformed text is refused, never replaced: two subjects stay two",
                "RFC 8259 §8, RFC 3629 §3",
                MALFORMED);
        for (String hex : octets) {
            row.token(
                    "octets " + hex,
                    bench -> bench.token()
                            .rawPayload(withOctets(bench, HexFormat.of().parseHex(hex)))
                            .sign());
        }
        return row.tokenWithEach(
                        "lone surrogate",
                        List.of(
                                "\\ud800",
                                "\\udc00",
                                "\\udc00\\ud800",
                                "\\ud800\\ud800",
                                "\\ud800x",
                                "\\uD83D\\u0041",
                                "\\udbff"),
                        (bench, escape) -> bench.payload(bench.payloadWith("\"x\":\"a" + escape + "\",")))
                .expecting(pass())
                .token(
                        "pair of surrogates, which is legal",
                        bench -> bench.payload(bench.payloadWith("\"x\":\"\\ud83d\\ude00\ud83d\ude00\",")))
                .build();
    }

    private static byte[] withOctets(AttackBench bench, byte[] octets) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.writeBytes("{\"x\":\"a".getBytes(StandardCharsets.UTF_8));
        json.writeBytes(octets);
        json.writeBytes(("\"," + bench.token().payloadJson().substring(1)).getBytes(StandardCharsets.UTF_8));
        return json.toByteArray();
    }

    private static AttackRow i10() {
        AttackRow.Builder row = row("I10", "JSON is UTF-8 without a byte order mark", "RFC 8259 §8.1", MALFORMED);
        for (String name :
                List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "IBM037", "UTF-7")) {
            if (Charset.isSupported(name)) {
                row.token(
                        name,
                        bench -> bench.token()
                                .rawPayload(bench.token().payloadJson().getBytes(Charset.forName(name)))
                                .sign());
            }
        }
        return row.token(
                        "byte order mark",
                        bench -> bench.payload("\ufeff" + bench.token().payloadJson()))
                .token(
                        "Latin letters in ISO 8859-1",
                        bench -> bench.token()
                                .rawPayload(
                                        bench.payloadWith("\"x\":\"\u00e9\",").getBytes(StandardCharsets.ISO_8859_1))
                                .sign())
                .build();
    }

    private static AttackRow i11() {
        return row("I11", "A payload is an object", "RFC 7519 §7.2", MALFORMED)
                .tokenWithEach(
                        "",
                        List.of(
                                "[]", "[{}]", "\"x\"", "null", "true", "1", "{", "}", " ", "{]", "[}", "{\"a\"}", "x",
                                "a=b&c=d", "<xml/>"),
                        AttackBench::payload)
                .token(
                        "a list of good claims",
                        bench -> bench.payload("[" + bench.token().payloadJson() + "]"))
                .expecting(invalidToken("TOKEN_MALFORMED"))
                .token("nothing", bench -> bench.payload(""))
                .expecting(invalidToken("ISSUER_UNKNOWN"))
                .token("an empty object", bench -> bench.payload("{}"))
                .build();
    }
}
