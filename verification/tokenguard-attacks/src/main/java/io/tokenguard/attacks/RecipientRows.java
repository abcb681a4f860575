package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import java.util.List;
import java.util.Locale;

/** Stage J: who issued the token, and for whom. */
final class RecipientRows {
    private static final Expectation MALFORMED = invalidToken("CLAIMS_MALFORMED");
    private static final Expectation MISSING = invalidToken("CLAIM_MISSING");
    private static final Expectation MISMATCH = invalidToken("AUDIENCE_MISMATCH");
    private static final Expectation UNKNOWN = invalidToken("ISSUER_UNKNOWN");

    private RecipientRows() {}

    static List<AttackRow> rows() {
        return List.of(j14(), j15(), j16(), j17(), j18(), j19(), j20(), j21(), j22(), j23());
    }

    private static AttackRow j14() {
        return row("J14", "A token for nobody is not for this API", "CVE-2023-22482", MISSING)
                .tokenOfEach(
                        "no aud",
                        (bench, algorithm) ->
                                bench.token(algorithm).withoutClaim("aud").sign())
                .under(GuardProfile.GENERIC)
                .token(
                        "no aud, where little is checked",
                        bench -> bench.token().withoutClaim("aud").sign())
                .build();
    }

    private static AttackRow j15() {
        String good = "\"" + AttackBench.AUDIENCE + "\"";
        return row("J15", "An audience is a text or a list of texts", "RFC 7519 §4.1.3", MALFORMED)
                .tokenWithEach(
                        "",
                        List.of(
                                "1",
                                "true",
                                "{}",
                                "\"\"",
                                "[null]",
                                "[[" + good + "]]",
                                "[1," + good + "]",
                                "[" + good + ",1]",
                                "[" + good + ",null]",
                                "[" + good + ",\"\"]",
                                "{" + good + ":true}",
                                "[{\"aud\":" + good + "}]",
                                "[" + good + ",[]]"),
                        (bench, json) -> bench.withRaw("aud", json))
                .build();
    }

    private static AttackRow j16() {
        String good = AttackBench.AUDIENCE;
        List<String> nearMisses = List.of(
                good + "-evil",
                good + "/",
                good + " ",
                " " + good,
                good + "\u0000",
                good + "\n",
                good + ",other",
                good + " other",
                good + "/orders",
                good + ":443",
                good + "#",
                good + "?",
                good + ".",
                good.toUpperCase(Locale.ROOT),
                good.substring(0, good.length() - 1),
                good.substring(1),
                good.replace("https", "http"),
                good.replace("https", "HTTPS"),
                "https://evil.example/" + good,
                "api",
                "*",
                "https://*.example.com",
                ".*",
                "https://API.example.com",
                good.replace('a', '\u0430'),
                good + "\u200b",
                "[" + good + "]",
                "\"" + good + "\"",
                "https://api.example.com.evil.example",
                "https%3A%2F%2Fapi.example.com");
        return row("J16", "An audience is compared to the letter", "RFC 7519 §4.1.3", MISMATCH)
                .tokenWithEach(
                        "",
                        nearMisses,
                        (bench, audience) -> bench.token().audience(audience).sign())
                .build();
    }

    private static AttackRow j17() {
        return row("J17", "An empty list holds no audience", "RFC 7519 §4.1.3", MISMATCH)
                .tokenOfEach(
                        "empty",
                        (bench, algorithm) -> bench.token(algorithm).audience().sign())
                .build();
    }

    private static AttackRow j18() {
        return row("J18", "One of the audiences has to be this API", "RFC 9068 §4", pass())
                .tokenOfEach(
                        "with a stranger ahead",
                        (bench, algorithm) -> bench.token(algorithm)
                                .audience("https://other.example", AttackBench.AUDIENCE)
                                .sign())
                .token(
                        "in a list of its own",
                        bench -> bench.token()
                                .claim("aud", List.of(AttackBench.AUDIENCE))
                                .sign())
                .token(
                        "twice",
                        bench -> bench.token()
                                .audience(AttackBench.AUDIENCE, AttackBench.AUDIENCE)
                                .sign())
                .expecting(MISMATCH)
                .token(
                        "strangers only",
                        bench -> bench.token()
                                .audience("https://other.example", "https://another.example")
                                .sign())
                .build();
    }

    private static AttackRow j19() {
        return row("J19", "The authorized party is not an audience", "RFC 9068 §2.2", MISSING)
                .tokenWithEach(
                        "",
                        List.of("azp", "client_id", "resource", "audience", "appid", "cid"),
                        (bench, claim) -> bench.token()
                                .withoutClaim("aud")
                                .claim(claim, AttackBench.AUDIENCE)
                                .sign())
                .build();
    }

    private static AttackRow j20() {
        return row("J20", "Nothing is asked of an issuer that is not trusted", "RFC 8725 §3.8", UNKNOWN)
                .token("missing", bench -> bench.token().withoutClaim("iss").sign())
                .token("JSON null", bench -> bench.withRaw("iss", "null"))
                .tokenWithEach(
                        "",
                        List.of("", "https://evil.example", "http://169.254.169.254/", "file:///", "null", "*"),
                        (bench, issuer) -> bench.token().issuer(issuer).sign())
                .tokenOfEach(
                        "a stranger that is really there",
                        (bench, algorithm) -> bench.stranger()
                                .token()
                                .key(bench.attackersKey(algorithm))
                                .algorithm(algorithm)
                                .sign())
                .build();
    }

    private static AttackRow j21() {
        AttackRow.Builder row =
                row("J21", "An issuer is compared to the letter", "RFC 8725 §3.8, RFC 9207 §2.4", UNKNOWN);
        for (String template : List.of(
                "%s/",
                "%s ",
                " %s",
                "%s#",
                "%s?",
                "%s/.",
                "%s\u0000",
                "%s\n",
                "%s/realms/b",
                "%s.evil.example",
                "https://evil.example/%s",
                "%s,%s",
                "%s %s",
                "\"%s\"",
                "%s\u200b")) {
            row.token(
                    "issuer as " + Names.printable(template),
                    bench -> bench.token()
                            .issuer(template.replace("%s", bench.issuer().issuer()))
                            .sign());
        }
        return row.token("other scheme", bench -> reissued(bench, "http:", "https:"))
                .token("scheme in capitals", bench -> reissued(bench, "http:", "HTTP:"))
                .token("name for the number", bench -> reissued(bench, "127.0.0.1", "localhost"))
                .token("number spelt otherwise", bench -> reissued(bench, "127.0.0.1", "127.0.0.01"))
                .token("user part", bench -> reissued(bench, "://", "://x@"))
                .token("leading zero of the port", bench -> reissued(bench, "127.0.0.1:", "127.0.0.1:0"))
                .token("last character missing", bench -> {
                    String issuer = bench.issuer().issuer();
                    return bench.token()
                            .issuer(issuer.substring(0, issuer.length() - 1))
                            .sign();
                })
                .build();
    }

    private static String reissued(AttackBench bench, String from, String to) {
        return bench.token().issuer(bench.issuer().issuer().replace(from, to)).sign();
    }

    private static AttackRow j22() {
        return row("J22", "An issuer is one text", "CVE-2025-30144", UNKNOWN)
                .token("list of one", bench -> issuers(bench, "[\"%s\"]"))
                .token("trusted first", bench -> issuers(bench, "[\"%s\",\"https://evil.example\"]"))
                .token("trusted last", bench -> issuers(bench, "[\"https://evil.example\",\"%s\"]"))
                .token("object", bench -> issuers(bench, "{\"%s\":true}"))
                .token("list in a list", bench -> issuers(bench, "[[\"%s\"]]"))
                .token("number", bench -> issuers(bench, "1"))
                .token("false", bench -> issuers(bench, "false"))
                .token("empty list", bench -> issuers(bench, "[]"))
                .build();
    }

    private static String issuers(AttackBench bench, String template) {
        return bench.withRaw("iss", template.replace("%s", bench.issuer().issuer()));
    }

    private static AttackRow j23() {
        return row(
                        "J23",
                        "Another tenant's token is refused although the keys are shared",
                        "issuers with several realms",
                        UNKNOWN)
                .tokenOfEach(
                        "other realm",
                        (bench, algorithm) -> bench.token(algorithm)
                                .issuer(bench.issuer().issuer() + "/realms/other")
                                .sign())
                .under(GuardProfile.TWO_ISSUERS)
                .expecting(pass())
                .token("one of two issuers", bench -> bench.token().sign())
                .token(
                        "the other of two issuers",
                        bench -> bench.stranger().token().sign())
                .expecting(invalidToken("KEY_UNKNOWN"))
                .token(
                        "the other's name on a token of the first",
                        bench -> bench.token().issuer(bench.stranger().issuer()).sign())
                .expecting(invalidToken("SIGNATURE_INVALID"))
                .token(
                        "the other's name and key name on a token of the first",
                        bench -> bench.token()
                                .issuer(bench.stranger().issuer())
                                .header(
                                        "kid",
                                        bench.attackersKey(TestAlgorithm.ES256).kid())
                                .sign())
                .build();
    }
}
