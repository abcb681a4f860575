package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Stage E: what else a header may say. */
final class HeaderRows {
    private static final Expectation REJECTED = invalidToken("HEADER_REJECTED");

    private HeaderRows() {}

    static List<AttackRow> rows() {
        return List.of(e11(), e12(), e13(), e17(), e18(), e19(), e20(), e21(), e22(), e23(), e24(), e27());
    }

    private static AttackRow e11() {
        return row("E11", "A key that comes with the token is not even read", "CVE-2018-0114; RFC 8725 §3.10", REJECTED)
                .tokenOfEach(
                        "the attacker's key, named as the issuer's",
                        (bench, algorithm) -> attackers(bench, algorithm)
                                .header("kid", bench.key(algorithm).kid())
                                .header("jwk", bench.attackersKey(algorithm).publicJwkMembers())
                                .sign())
                .tokenOfEach(
                        "the attacker's key, not named",
                        (bench, algorithm) -> attackers(bench, algorithm)
                                .withoutHeader("kid")
                                .header("jwk", bench.attackersKey(algorithm).publicJwkMembers())
                                .sign())
                .token(
                        "the issuer's own key",
                        bench -> bench.token()
                                .header("jwk", bench.issuer().currentKey().publicJwkMembers())
                                .sign())
                .token(
                        "nothing at all",
                        bench -> bench.token().header("jwk", null).sign())
                .token(
                        "a shared secret",
                        bench -> bench.token()
                                .header("jwk", Map.of("kty", "oct", "k", "AAAA"))
                                .sign())
                .build();
    }

    private static TokenBuilder attackers(AttackBench bench, TestAlgorithm algorithm) {
        return bench.issuer().token().key(bench.attackersKey(algorithm)).algorithm(algorithm);
    }

    private static AttackRow e12() {
        List<String> addresses = List.of(
                "https://evil.example/jwks",
                "http://169.254.169.254/latest/meta-data",
                "file:///etc/passwd",
                "ftp://evil.example/",
                "jar:file:///app.jar!/keys",
                "//evil.example/jwks",
                "data:application/json,{}",
                "");
        AttackRow.Builder row = row("E12", "No address in a token is ever called", "RFC 8725 §3.10", REJECTED);
        for (String parameter : List.of("jku", "x5u")) {
            row.tokenWithEach(
                    parameter,
                    addresses,
                    (bench, address) -> attackers(bench, TestAlgorithm.ES256)
                            .header(parameter, address)
                            .sign());
            row.tokenOfEach(
                    parameter + " of a key set that is really there",
                    (bench, algorithm) -> attackers(bench, algorithm)
                            .header(parameter, bench.stranger().jwksUri().toString())
                            .sign());
            row.token(
                    parameter + " of the issuer itself",
                    bench -> bench.token()
                            .header(parameter, bench.issuer().jwksUri().toString())
                            .sign());
        }
        return row.build();
    }

    private static AttackRow e13() {
        TestKey attackers = AttackKeys.attacker(TestAlgorithm.ES256);
        String chain = Certificates.x5c(attackers, attackers);
        return row(
                        "E13",
                        "Certificates and thumbprints in a token lead to no key; they are ignored",
                        "RFC 7515 §4.1.6 to §4.1.8",
                        invalidToken("SIGNATURE_INVALID"))
                .token(
                        "self-signed certificate beside the issuer's kid",
                        bench -> attackers(bench, TestAlgorithm.ES256)
                                .header("kid", bench.issuer().currentKey().kid())
                                .header("x5c", List.of(chain))
                                .sign())
                .token(
                        "self-signed certificate without a kid",
                        bench -> attackers(bench, TestAlgorithm.ES256)
                                .withoutHeader("kid")
                                .header("x5c", List.of(chain))
                                .sign())
                .expecting(invalidToken("KEY_UNKNOWN"))
                .token(
                        "self-signed certificate beside the attacker's kid",
                        bench -> attackers(bench, TestAlgorithm.ES256)
                                .header("x5c", List.of(chain))
                                .sign())
                .token(
                        "thumbprint of the issuer's key beside the attacker's kid",
                        bench -> bench.token()
                                .header("kid", "attackers")
                                .header("x5t#S256", "A".repeat(43))
                                .sign())
                .expecting(pass())
                .token(
                        "thumbprint of another key beside the issuer's kid",
                        bench -> bench.token()
                                .header("x5t", "A".repeat(27))
                                .header("x5t#S256", "A".repeat(43))
                                .sign())
                .build();
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

    private static AttackRow e23() {
        AttackRow.Builder row = row(
                "E23",
                "Parameters of encryption have no place on a signed token",
                "RFC 7516 §4.1; CVE-2023-51774",
                REJECTED);
        for (String parameter : List.of("zip", "enc", "epk", "apu", "apv", "p2s", "p2c")) {
            row.token(parameter, bench -> bench.token().header(parameter, "DEF").sign());
            row.token(
                    parameter + " null",
                    bench -> bench.token().header(parameter, null).sign());
        }
        return row.tokenOfEach(
                        "enc",
                        (bench, algorithm) ->
                                bench.token(algorithm).header("enc", "A128GCM").sign())
                .token(
                        "epk as a key",
                        bench -> bench.token()
                                .header(
                                        "epk",
                                        bench.attackersKey(TestAlgorithm.ES256).publicJwkMembers())
                                .sign())
                .token(
                        "p2c without an end",
                        bench -> bench.token().header("p2c", Integer.MAX_VALUE).sign())
                .build();
    }

    private static AttackRow e24() {
        return row("E24", "Claims that the header repeats are the same as in the payload", "RFC 7519 §5.3", REJECTED)
                .token(
                        "other issuer",
                        bench -> bench.token()
                                .header("iss", "https://evil.example")
                                .sign())
                .token(
                        "other audience",
                        bench -> bench.token()
                                .header("aud", "https://other.example")
                                .sign())
                .token(
                        "other subject",
                        bench -> bench.token().header("sub", "mallory").sign())
                .token("issuer null", bench -> bench.token().header("iss", null).sign())
                .token(
                        "audience in another shape",
                        bench -> bench.token()
                                .header("aud", List.of(AttackBench.AUDIENCE))
                                .sign())
                .token(
                        "issuer that the payload lacks",
                        bench -> bench.token()
                                .header("iss", bench.issuer().issuer())
                                .withoutClaim("iss")
                                .sign())
                .expecting(pass())
                .tokenOfEach(
                        "the same",
                        (bench, algorithm) -> bench.token(algorithm)
                                .header("iss", bench.issuer().issuer())
                                .header("aud", AttackBench.AUDIENCE)
                                .header("sub", "alice")
                                .sign())
                .build();
    }

    private static AttackRow e27() {
        return row("E27", "A header has at most 16 members, no deeper than 3", "bounds", REJECTED)
                .token("17 members", bench -> withMembers(bench, 17))
                .token("200 members", bench -> withMembers(bench, 200))
                .token(
                        "depth 4",
                        bench -> bench.token()
                                .header("x", Map.of("y", Map.of("z", Map.of())))
                                .sign())
                .token(
                        "depth 1000",
                        bench -> bench.token()
                                .rawHeader("{\"x\":" + "[".repeat(999) + "]".repeat(999) + ","
                                        + bench.token().headerJson().substring(1))
                                .sign())
                .expecting(pass())
                .token("16 members", bench -> withMembers(bench, 16))
                .token(
                        "depth 3",
                        bench ->
                                bench.token().header("x", Map.of("y", Map.of())).sign())
                .build();
    }

    /** The three members that any header has here, and others that mean nothing. */
    private static String withMembers(AttackBench bench, int members) {
        TokenBuilder token = bench.token();
        IntStream.range(3, members).forEach(i -> token.header("x" + i, i));
        return token.sign();
    }
}
