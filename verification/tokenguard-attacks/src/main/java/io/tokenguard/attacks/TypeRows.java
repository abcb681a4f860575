package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stage E: critical extensions, and the type of a token. */
final class TypeRows {
    private static final Expectation REJECTED = invalidToken("HEADER_REJECTED");

    private TypeRows() {}

    static List<AttackRow> rows() {
        return List.of(e17(), e18(), e19(), e20(), e21(), e22());
    }

    private static AttackRow e17() {
        return row(
                        "E17",
                        "No critical extension is understood, so none is accepted",
                        "RFC 7515 §4.1.11; CVE-2025-59420",
                        REJECTED)
                .tokenOfEach(
                        "unknown",
                        (bench, algorithm) -> bench.token(algorithm)
                                .header("crit", List.of("x"))
                                .header("x", 1)
                                .sign())
                .tokenWithEach(
                        "naming",
                        List.of("exp", "cnf", "http://example.com/x", "alg", "kid", "b64"),
                        (bench, name) -> bench.token()
                                .header("crit", List.of(name))
                                .header(name.equals("alg") ? "x" : name, "ES256")
                                .sign())
                .build();
    }

    private static AttackRow e18() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("empty", "[]");
        texts.put("text", "\"b64\"");
        texts.put("null", "null");
        texts.put("false", "false");
        texts.put("object", "{\"b64\":true}");
        texts.put("number in it", "[1]");
        texts.put("null in it", "[null]");
        texts.put("empty name", "[\"\"]");
        texts.put("duplicates", "[\"x\",\"x\"]");
        texts.put("absent name", "[\"absent\"]");
        texts.put("registered names", "[\"alg\",\"typ\",\"kid\",\"crit\"]");
        AttackRow.Builder row = row("E18", "A malformed crit is no way around it", "RFC 7515 §4.1.11", REJECTED);
        texts.forEach((variant, text) -> row.token(
                variant,
                bench -> bench.token()
                        .rawHeader("{\"crit\":" + text + ",\"x\":1,"
                                + bench.token().headerJson().substring(1))
                        .sign()));
        return row.build();
    }

    private static AttackRow e19() {
        List<String> doubles = List.of(
                "\"alg\":\"none\"",
                "\"alg\":\"ES256\"",
                "\"\\u0061lg\":\"none\"",
                "\"kid\":\"other\"",
                "\"typ\":\"JWT\"",
                "\"t\\u0079p\":\"at+jwt\"",
                "\"x\":1,\"x\":1",
                "\"x\":{\"y\":1,\"y\":1}");
        return row("E19", "A header says each thing once", "RFC 7515 §4", invalidToken("TOKEN_MALFORMED"))
                .tokenWithEach(
                        "before:",
                        doubles,
                        (bench, member) -> bench.token()
                                .rawHeader("{" + member + ","
                                        + bench.token().headerJson().substring(1))
                                .sign())
                .tokenWithEach("after:", doubles, (bench, member) -> {
                    String header = bench.token().headerJson();
                    return bench.token()
                            .rawHeader(header.substring(0, header.length() - 1) + "," + member + "}")
                            .sign();
                })
                .build();
    }

    private static AttackRow e20() {
        List<String> types = List.of(
                "JWT",
                "jwt",
                "JOSE",
                "dpop+jwt",
                "logout+jwt",
                "id_token",
                "at",
                "at+jws",
                "at-jwt",
                "at+jwt ",
                " at+jwt",
                "at+jwt\u0000",
                "at+jwt\n",
                "\u0430t+jwt",
                "at+\u017fwt",
                "a\uff54+jwt",
                "xat+jwt",
                "at+jwtx",
                "at+jwt,JWT",
                "",
                "application/",
                "text/at+jwt",
                "application/jwt",
                "application/application/at+jwt",
                "/at+jwt");
        return row(
                        "E20",
                        "A token is of the type that access tokens have",
                        "RFC 9068 §4",
                        invalidToken("TYPE_MISMATCH"))
                .tokenWithEach(
                        "", types, (bench, type) -> bench.token().type(type).sign())
                .tokenOfEach(
                        "JWT",
                        (bench, algorithm) -> bench.token(algorithm).type("JWT").sign())
                .tokenOfEach(
                        "absent",
                        (bench, algorithm) -> bench.token(algorithm).type(null).sign())
                .token(
                        "list",
                        bench -> bench.token().header("typ", List.of("at+jwt")).sign())
                .token("null", bench -> bench.token().header("typ", null).sign())
                .token("number", bench -> bench.token().header("typ", 1).sign())
                .token(
                        "in the payload only",
                        bench -> bench.token().type(null).claim("typ", "at+jwt").sign())
                .token(
                        "in cty only",
                        bench ->
                                bench.token().type(null).header("Typ", "at+jwt").sign())
                .build();
    }

    private static AttackRow e21() {
        AttackRow.Builder row =
                row("E21", "A media type ignores case and may stand without application/", "RFC 7515 §4.1.9", pass());
        for (String type : List.of("at+jwt", "AT+JWT", "At+Jwt", "application/at+jwt", "APPLICATION/AT+JWT")) {
            row.tokenOfEach(
                    type,
                    (bench, algorithm) -> bench.token(algorithm).type(type).sign());
        }
        return row.build();
    }

    private static AttackRow e22() {
        List<String> types = List.of(
                "application/at+jwt; x=y", "at+jwt;x=y", "at+jwt; charset=utf-8", "application/at+jwt;", "at+jwt;");
        return row(
                        "E22",
                        "A media type with parameters is another type",
                        "RFC 9068 §2.1",
                        invalidToken("TYPE_MISMATCH"))
                .tokenWithEach(
                        "", types, (bench, type) -> bench.token().type(type).sign())
                .build();
    }
}
