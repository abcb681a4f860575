package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.insufficient;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.CompactToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Stage I: how much JSON is read, and what its names mean. */
final class JsonBoundRows {
    private static final Expectation MALFORMED = invalidToken("TOKEN_MALFORMED");

    private JsonBoundRows() {}

    static List<AttackRow> rows() {
        return List.of(i2(), i3(), i12(), i13(), i14(), i15(), i16());
    }

    /** The payload with a signature that is not one: what is refused here is refused before signatures. */
    private static String unsigned(AttackBench bench, String payload) {
        return CompactToken.parse(bench.payload(payload))
                .withSignature(new byte[64])
                .compact();
    }

    private static AttackRow i2() {
        AttackRow.Builder row = row(
                "I2",
                "JSON is at most 16 deep, and refused ahead of the signature",
                "CVE-2025-53864, CVE-2023-1370",
                MALFORMED);
        for (int depth : List.of(17, 18, 100, 1_000, 4_000)) {
            row.token("lists, " + depth, bench -> unsigned(bench, bench.payloadWith(lists(depth))));
            row.token(
                    "objects, " + depth, bench -> unsigned(bench, bench.payloadWith(objects(Math.min(depth, 1_500)))));
            row.token("signed, " + depth, bench -> bench.payload(bench.payloadWith(lists(depth))));
        }
        return row.token("never closed", bench -> unsigned(bench, "{\"x\":" + "[".repeat(10_000)))
                .token("objects never closed", bench -> unsigned(bench, "{\"x\":".repeat(2_000)))
                .expecting(invalidToken("TOKEN_TOO_LARGE"))
                .token("lists, 100000", bench -> unsigned(bench, "[".repeat(100_000)))
                .expecting(pass())
                .token("lists, 16", bench -> bench.payload(bench.payloadWith(lists(16))))
                .token("objects, 16", bench -> bench.payload(bench.payloadWith(objects(16))))
                .build();
    }

    /** Lists in lists, so deep with the payload itself. */
    private static String lists(int depth) {
        return "\"x\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + ",";
    }

    private static String objects(int depth) {
        return "\"x\":" + "{\"x\":".repeat(depth - 2) + "{}" + "}".repeat(depth - 2) + ",";
    }

    private static AttackRow i3() {
        AttackRow.Builder row = row(
                "I3", "A number has at most 1000 digits", "CPU spent on one long number; CVE-2026-59171", MALFORMED);
        for (int digits : List.of(1_001, 10_000)) {
            String number = "1".repeat(digits);
            row.token("whole, " + digits, bench -> unsigned(bench, bench.payloadWith("\"x\":" + number + ",")));
            row.token("negative, " + digits, bench -> unsigned(bench, bench.payloadWith("\"x\":-" + number + ",")));
            row.token("fraction, " + digits, bench -> unsigned(bench, bench.payloadWith("\"x\":0." + number + ",")));
        }
        row.token("exp, 10000", bench -> bench.withRaw("exp", "1".repeat(10_000)));
        row.expecting(invalidToken("CLAIMS_MALFORMED"));
        for (int digits : List.of(21, 100, 1_000)) {
            row.token("exp, " + digits, bench -> bench.withRaw("exp", "1".repeat(digits)));
        }
        return row.expecting(invalidToken("TOKEN_TOO_LARGE"))
                .token(
                        "a million digits",
                        bench -> unsigned(bench, bench.payloadWith("\"x\":" + "1".repeat(1_000_000) + ",")))
                .expecting(pass())
                .token("1000 digits", bench -> bench.payload(bench.payloadWith("\"x\":" + "9".repeat(1_000) + ",")))
                .token(
                        "1000 digits with a fraction",
                        bench -> bench.payload(bench.payloadWith("\"x\":-1." + "9".repeat(999) + ",")))
                .build();
    }

    private static AttackRow i12() {
        return row("I12", "An object has at most 256 members", "floods of names with one hash", MALFORMED)
                .token("257 members", bench -> unsigned(bench, bench.payloadWith(members(257 - 7))))
                .token("members with one hash", bench -> unsigned(bench, bench.payloadWith(colliding(400))))
                .token(
                        "in an inner object",
                        bench -> unsigned(bench, bench.payloadWith("\"x\":{" + members(257) + "\"y\":1},")))
                .expecting(invalidToken("TOKEN_TOO_LARGE"))
                .token("65536 members with one hash", bench -> unsigned(bench, bench.payloadWith(colliding(1 << 16))))
                .expecting(pass())
                .token("256 members", bench -> bench.payload(bench.payloadWith(members(256 - 7))))
                .build();
    }

    /** So many members; a good token has seven of its own. */
    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"m" + i + "\":0,").collect(Collectors.joining());
    }

    /** Names made of Aa and BB, which have one hash. */
    private static String colliding(int count) {
        int letters = 32 - Integer.numberOfLeadingZeros(count - 1);
        return IntStream.range(0, count)
                .mapToObj(i -> IntStream.range(0, letters)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "\"", "\":0,")))
                .collect(Collectors.joining());
    }

    private static AttackRow i13() {
        return row("I13", "A list has at most 1024 items, a text 8192 characters", "bounds", MALFORMED)
                .token("1025 items", bench -> unsigned(bench, bench.payloadWith(items(1_025))))
                .token("5000 items", bench -> unsigned(bench, bench.payloadWith(items(5_000))))
                .token(
                        "1025 audiences",
                        bench -> bench.withRaw(
                                "aud", "[\"" + AttackBench.AUDIENCE + "\"" + ",\"a\"".repeat(1_024) + "]"))
                .token(
                        "text of 8193 characters",
                        bench -> unsigned(bench, bench.payloadWith("\"x\":\"" + "x".repeat(8_193) + "\",")))
                .token(
                        "name of 8193 characters",
                        bench -> unsigned(bench, bench.payloadWith("\"" + "x".repeat(8_193) + "\":1,")))
                .token(
                        "text of 8193 characters in two octets each",
                        bench -> unsigned(bench, bench.payloadWith("\"x\":\"\\n" + "x".repeat(8_192) + "\",")))
                .expecting(pass())
                .token("1024 items", bench -> bench.payload(bench.payloadWith(items(1_024))))
                .token(
                        "text of 8192 characters",
                        bench -> bench.payload(bench.payloadWith("\"x\":\"" + "x".repeat(8_192) + "\",")))
                .build();
    }

    private static String items(int count) {
        return "\"x\":[0" + ",0".repeat(count - 1) + "],";
    }

    private static AttackRow i14() {
        AttackRow.Builder row = row(
                "I14",
                "A name that looks alike is another name",
                "RFC 7519 §4: names are compared to the letter",
                invalidToken("CLAIM_MISSING"));
        Map<String, List<String>> lookAlikes = Map.of(
                "sub", List.of("\u0455ub", "Sub", "SUB", "sub\u0000", "sub ", " sub", "\u017fub", "sub\u200b"),
                "exp", List.of("Exp", "\u0435xp", "exp\u0000"),
                "aud", List.of("Aud", "\u0430ud", "audience"),
                "jti", List.of("Jti", "jt\u0131"),
                "client_id", List.of("clientId", "client-id", "cl\u0456ent_id", "azp"));
        lookAlikes.forEach((name, others) ->
                row.tokenWithEach(name + " as", others, (bench, other) -> renamed(bench, name, other)));
        return row.expecting(invalidToken("ISSUER_UNKNOWN"))
                .tokenWithEach(
                        "iss as",
                        List.of("Iss", "\u0456ss", "iss\u0000"),
                        (bench, other) -> renamed(bench, "iss", other))
                .expecting(insufficient("SCOPE_INSUFFICIENT"))
                .attack(
                        "scope as Scope",
                        bench -> bench.order(
                                bench.token().claim("Scope", "orders:read").sign()))
                .attack(
                        "scope as scopes",
                        bench -> bench.order(
                                bench.token().claim("scopes", "orders:read").sign()))
                .build();
    }

    private static String renamed(AttackBench bench, String name, String other) {
        return bench.payload(bench.token()
                .payloadJson()
                .replace("\"" + name + "\"", "\"" + other.replace("\u0000", "\\u0000") + "\""));
    }

    private static AttackRow i15() {
        return row("I15", "A path is names, not text with dots", "dotted paths", insufficient("ROLE_INSUFFICIENT"))
                .under(GuardProfile.ROLES)
                .attack(
                        "dots in a name",
                        bench -> bench.administrate(bench.token()
                                .claim("realm_access.roles", List.of("admin"))
                                .sign()))
                .attack(
                        "roles at the top",
                        bench -> bench.administrate(
                                bench.token().claim("roles", List.of("admin")).sign()))
                .attack(
                        "one level too deep",
                        bench -> bench.administrate(bench.token()
                                .claim("realm_access", Map.of("realm_access", Map.of("roles", List.of("admin"))))
                                .sign()))
                .attack(
                        "slash in a name",
                        bench -> bench.administrate(bench.token()
                                .claim("realm_access/roles", List.of("admin"))
                                .sign()))
                .expecting(pass())
                .attack(
                        "as it must be",
                        bench -> bench.administrate(bench.token()
                                .claim("realm_access", Map.of("roles", List.of("admin")))
                                .sign()))
                .build();
    }

    private static AttackRow i16() {
        AttackRow.Builder row = row(
                "I16",
                "Names that other languages obey mean nothing",
                "CWE-502, CWE-1321",
                insufficient("SCOPE_INSUFFICIENT"));
        for (String name : List.of(
                "__proto__",
                "constructor",
                "prototype",
                "@type",
                "@class",
                "class",
                "$type",
                "$ref",
                "!!java",
                "#text")) {
            row.attack(
                    name,
                    bench -> bench.order(bench.token()
                            .claim(
                                    name,
                                    Map.of(
                                            "scope",
                                            "orders:read",
                                            "@class",
                                            "java.net.URL",
                                            "val",
                                            "https://evil.example"))
                            .sign()));
        }
        return row.build();
    }
}
