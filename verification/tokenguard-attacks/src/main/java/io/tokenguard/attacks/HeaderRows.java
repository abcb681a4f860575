package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Stage E: what else a header may say. */
final class HeaderRows {
    private static final Expectation REJECTED = invalidToken("HEADER_REJECTED");

    private HeaderRows() {}

    static List<AttackRow> rows() {
        return List.of(e11(), e12(), e13(), e23(), e24(), e27());
    }

    private static AttackRow e11() {
        return row(
                        "E11",
                        "A key in a token is ignored; only configured keys count",
                        "CVE-2018-0114; RFC 8725 §3.10",
                        invalidToken("SIGNATURE_INVALID"))
                .tokenOfEach(
                        "the attacker's key, named as the issuer's",
                        (bench, algorithm) -> attackers(bench, algorithm)
                                .header("kid", bench.key(algorithm).kid())
                                .header("jwk", bench.attackersKey(algorithm).publicJwkMembers())
                                .sign())
                .expecting(invalidToken("SIGNATURE_INVALID", "KEY_UNKNOWN", "KEY_AMBIGUOUS"))
                .tokenOfEach(
                        "the attacker's key, not named",
                        (bench, algorithm) -> attackers(bench, algorithm)
                                .withoutHeader("kid")
                                .header("jwk", bench.attackersKey(algorithm).publicJwkMembers())
                                .sign())
                .expecting(pass())
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
        AttackRow.Builder row = row(
                "E12",
                "An address in a token is ignored, and nothing is fetched from it",
                "RFC 8725 §3.10",
                invalidToken("KEY_UNKNOWN"));
        for (String parameter : List.of("jku", "x5u")) {
            row.expecting(invalidToken("KEY_UNKNOWN"));
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
            row.expecting(invalidToken("SIGNATURE_INVALID"));
            row.tokenOfEach(
                    parameter + " beside the issuer's kid",
                    (bench, algorithm) -> attackers(bench, algorithm)
                            .header("kid", bench.key(algorithm).kid())
                            .header(parameter, bench.stranger().jwksUri().toString())
                            .sign());
            row.expecting(pass());
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

    private static AttackRow e23() {
        AttackRow.Builder row = row(
                "E23",
                "Parameters of encryption on a signed token are ignored; only configured keys verify it",
                "RFC 7515 §4; RFC 7516 §4.1; CVE-2023-51774",
                pass());
        for (String parameter : List.of("enc", "epk", "apu", "apv", "iv", "tag", "p2s", "p2c", "zip")) {
            row.token(parameter, bench -> bench.token().header(parameter, "DEF").sign());
            row.token(
                    parameter + " null",
                    bench -> bench.token().header(parameter, null).sign());
        }
        row.tokenOfEach(
                        "enc",
                        (bench, algorithm) ->
                                bench.token(algorithm).header("enc", "A128GCM").sign())
                .token(
                        "p2c without an end",
                        bench -> bench.token().header("p2c", Integer.MAX_VALUE).sign());
        row.expecting(invalidToken("SIGNATURE_INVALID"))
                .token(
                        "epk as the key of an attacker",
                        bench -> attackers(bench, TestAlgorithm.ES256)
                                .header("kid", bench.issuer().currentKey().kid())
                                .header("enc", "A128GCM")
                                .header(
                                        "epk",
                                        bench.attackersKey(TestAlgorithm.ES256).publicJwkMembers())
                                .sign());
        row.expecting(invalidToken("ALGORITHM_NOT_ALLOWED"));
        for (String algorithm : List.of("dir", "RSA-OAEP-256", "ECDH-ES", "PBES2-HS256+A128KW")) {
            row.token(
                    algorithm + " as the algorithm of a signature",
                    bench -> bench.token()
                            .header("alg", algorithm)
                            .header("enc", "A128GCM")
                            .header("p2s", "AAAA")
                            .header("p2c", Integer.MAX_VALUE)
                            .sign());
        }
        return row.build();
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
