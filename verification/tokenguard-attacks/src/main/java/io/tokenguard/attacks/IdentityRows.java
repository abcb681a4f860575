package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import java.util.List;
import java.util.Map;

/** Stage J: the token's subject, and its confirmation. */
final class IdentityRows {
    private static final Expectation MALFORMED = invalidToken("CLAIMS_MALFORMED");
    private static final List<String> NO_IDENTIFIERS = List.of(
            "\" \"",
            "\"\\t\"",
            "\"\\n\"",
            "1",
            "true",
            "{}",
            "[\"alice\"]",
            "\"alice\\r\\nX: y\"",
            "\"\\u0000alice\"",
            "\"alice\\u0000\"",
            "\"alice\\u0085\"",
            "\"a\\u007fb\"",
            "\"\\u2003\"",
            "\"" + "x".repeat(1_025) + "\"",
            "\"" + "x".repeat(4_000) + "\"");

    private IdentityRows() {}

    static List<AttackRow> rows() {
        return List.of(j24(), j29(), j31(), j32());
    }

    private static AttackRow j24() {
        return row(
                        "J24",
                        "A subject is a text of 1 to 1024 characters without control characters",
                        "RFC 9068 §2.2",
                        MALFORMED)
                .tokenWithEach("sub", NO_IDENTIFIERS, (bench, json) -> bench.withRaw("sub", json))
                .tokenWithEach("client_id", NO_IDENTIFIERS, (bench, json) -> bench.withRaw("client_id", json))
                .expecting(invalidToken("CLAIM_MISSING"))
                .tokenWithEach(
                        "missing",
                        List.of("sub", "client_id", "iat"),
                        (bench, claim) -> bench.token().withoutClaim(claim).sign())
                .tokenWithEach(
                        "an empty text instead of",
                        List.of("sub", "client_id", "jti"),
                        (bench, claim) -> bench.withRaw(claim, "\"\""))
                .tokenWithEach(
                        "an empty list instead of",
                        List.of("sub", "client_id", "jti"),
                        (bench, claim) -> bench.withRaw(claim, "[]"))
                .expecting(pass())
                .token(
                        "1024 characters",
                        bench -> bench.token().subject("x".repeat(1_024)).sign())
                .token(
                        "letters of any script",
                        bench -> bench.token()
                                .subject("\u00e9\u4e2d\ud83d\ude00 \u0410")
                                .sign())
                .build();
    }

    private static AttackRow j29() {
        return row("J29", "A token has an identifier that can be revoked", "RFC 9068 §2.2", MALFORMED)
                .tokenWithEach("", NO_IDENTIFIERS, (bench, json) -> bench.withRaw("jti", json))
                .expecting(invalidToken("CLAIM_MISSING"))
                .tokenOfEach(
                        "missing",
                        (bench, algorithm) ->
                                bench.token(algorithm).withoutClaim("jti").sign())
                .build();
    }

    private static AttackRow j31() {
        List<String> confirmations = List.of(
                "{}",
                "1",
                "true",
                "\"x\"",
                "[]",
                "{\"kid\":\"x\"}",
                "{\"x\":1}",
                "{\"jwe\":\"x\"}",
                "{\"jku\":\"https://evil.example\",\"kid\":\"x\"}",
                "{\"x5t\":\"x\"}",
                "{\"jkt\":1}",
                "{\"jkt\":null}",
                "{\"jkt\":\"x\",\"kid\":\"x\"}",
                "{\"x5t#S256\":1}",
                "{\"JKT\":\"x\"}");
        return row(
                        "J31",
                        "A token that is bound in a way that is not known is never a bearer token",
                        "RFC 7800 §3; CVE-2025-59420",
                        invalidToken("BINDING_UNSUPPORTED"))
                .tokenWithEach("", confirmations, (bench, json) -> bench.withRaw("cnf", json))
                .tokenOfEach(
                        "by an unknown member",
                        (bench, algorithm) -> bench.token(algorithm)
                                .claim("cnf", Map.of("osc", "x"))
                                .sign())
                .expecting(pass())
                .token("null, which is absent", bench -> bench.withRaw("cnf", "null"))
                .build();
    }

    private static AttackRow j32() {
        return row(
                        "J32",
                        "Of several claims that name the client, the first counts; it is never another's, nor a malformed one",
                        "RFC 9068 §2.2",
                        pass())
                .under(GuardProfile.GENERIC)
                .token(
                        "client_id and another azp",
                        bench -> bench.token().claim("azp", "other").sign())
                .token(
                        "client_id and a cid that is no text",
                        bench -> bench.token().claim("cid", List.of("other")).sign())
                .expecting(MALFORMED)
                .token(
                        "a client_id that is no text, and azp",
                        bench -> bench.token()
                                .claim("client_id", List.of("test-client"))
                                .claim("azp", "test-client")
                                .sign())
                .build();
    }
}
