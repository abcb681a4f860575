package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TokenBuilder;
import java.util.List;

/** Stage J: claims about time. The default skew is 30 s, the longest life 24 h. */
final class TimeRows {
    private static final Expectation MALFORMED = invalidToken("CLAIMS_MALFORMED");
    private static final Expectation MISSING = invalidToken("CLAIM_MISSING");
    private static final Expectation EXPIRED = invalidToken("EXPIRED");
    private static final Expectation TOO_LONG = invalidToken("LIFETIME_TOO_LONG");
    private static final List<String> NO_NUMBERS =
            List.of("\"1795294105\"", "\"\"", "true", "false", "[]", "{}", "[1795294105]", "\"2049-01-01T00:00:00Z\"");

    private TimeRows() {}

    static List<AttackRow> rows() {
        return List.of(j1(), j2(), j3(), j4(), j5(), j6(), j7(), j8(), j9(), j10(), j11(), j12(), j13());
    }

    private static AttackRow j1() {
        return row("J1", "A token that never ends is not accepted", "RFC 9068 §2.2", MISSING)
                .tokenOfEach(
                        "no exp",
                        (bench, algorithm) ->
                                bench.token(algorithm).withoutClaim("exp").sign())
                .under(GuardProfile.GENERIC)
                .token(
                        "no exp, where little is checked",
                        bench -> bench.token().withoutClaim("exp").sign())
                .build();
    }

    private static AttackRow j2() {
        return row("J2", "A null is no value", "readers that list claims as present", MISSING)
                .tokenWithEach(
                        "",
                        List.of("exp", "aud", "sub", "client_id", "iat", "jti"),
                        (bench, claim) -> bench.withRaw(claim, "null"))
                .under(GuardProfile.GENERIC)
                .token("exp, where little is checked", bench -> bench.withRaw("exp", "null"))
                .build();
    }

    private static AttackRow j3() {
        return row("J3", "The end of a token is a number", "RFC 7519 §2: NumericDate", MALFORMED)
                .tokenWithEach("", NO_NUMBERS, (bench, json) -> bench.withRaw("exp", json))
                .build();
    }

    private static AttackRow j4() {
        return row("J4", "Fractions and exponents are legal, and rounded down", "RFC 7519 §2: NumericDate", pass())
                .token("fraction", bench -> bench.withRaw("exp", bench.now() + 60 + ".5"))
                .token("long fraction", bench -> bench.withRaw("exp", bench.now() + 60 + ".9999999999"))
                .token("exponent of zero", bench -> bench.withRaw("exp", bench.now() + 60 + "e0"))
                .token("fraction of iat", bench -> bench.withRaw("iat", bench.now() - 1 + ".25"))
                .token("fraction of nbf", bench -> bench.withRaw("nbf", bench.now() - 1 + ".25"))
                .expecting(EXPIRED)
                .token(
                        "fraction rounded down to the edge",
                        bench -> bench.token()
                                .rawPayload(ending(bench, bench.now() - 30 + ".999"))
                                .sign())
                .build();
    }

    /** A payload that was issued long enough ago to end at this time. */
    private static String ending(AttackBench bench, String expiry) {
        TokenBuilder token = bench.token().claim("iat", bench.now() - 3_600).withoutClaim("exp");
        return "{\"exp\":" + expiry + "," + token.payloadJson().substring(1);
    }

    private static AttackRow j5() {
        return row(
                        "J5",
                        "A token does not live for ever",
                        "numbers that overflow",
                        invalidToken("LIFETIME_TOO_LONG", "CLAIMS_MALFORMED", "TOKEN_MALFORMED"))
                .tokenWithEach(
                        "",
                        List.of(
                                "1e300",
                                "9223372036854775807",
                                "9223372036854775808",
                                "18446744073709551616",
                                "100000000000000000000",
                                "1e20",
                                "1e308",
                                "9999999999",
                                "253402300800",
                                "4294967296"),
                        (bench, expiry) -> bench.withRaw("exp", expiry))
                .expecting(TOO_LONG)
                .token("a day and a second", bench -> bench.withRaw("exp", String.valueOf(bench.now() + 86_401)))
                .token(
                        "a day and a second from iat",
                        bench -> bench.token()
                                .claim("iat", bench.now() - 80_000)
                                .claim("exp", bench.now() - 80_000 + 86_401)
                                .sign())
                .token(
                        "a day and a second from now, issued in the future",
                        bench -> bench.token()
                                .claim("iat", bench.now() + 30)
                                .claim("exp", bench.now() + 86_401)
                                .sign())
                .expecting(pass())
                .token("a day", bench -> bench.withRaw("exp", String.valueOf(bench.now() + 86_400)))
                .build();
    }

    private static AttackRow j6() {
        return row("J6", "Milliseconds are not seconds", "RFC 7519 §2: NumericDate", TOO_LONG)
                .token("exp", bench -> bench.withRaw("exp", (bench.now() + 60) + "000"))
                .token(
                        "exp and iat",
                        bench -> bench.token()
                                .claim("iat", bench.now())
                                .claim("exp", (bench.now() + 60) * 1_000)
                                .sign())
                .expecting(invalidToken("CLAIMS_MALFORMED", "ISSUED_IN_FUTURE"))
                .token(
                        "iat",
                        bench -> bench.token().claim("iat", bench.now() * 1_000).sign())
                .expecting(invalidToken("CLAIMS_MALFORMED", "NOT_YET_VALID"))
                .token(
                        "nbf",
                        bench -> bench.token().claim("nbf", bench.now() * 1_000).sign())
                .build();
    }

    private static AttackRow j7() {
        return row("J7", "A time before all times is over", "numbers that underflow", EXPIRED)
                .tokenWithEach(
                        "",
                        List.of(
                                "0",
                                "-0",
                                "-1",
                                "1",
                                "-1e300",
                                "-9223372036854775808",
                                "-1e308",
                                "0.0",
                                "-0.5",
                                "1e-300"),
                        (bench, expiry) -> bench.withRaw("exp", expiry))
                .build();
    }

    private static AttackRow j8() {
        AttackRow.Builder row = row(
                "J8", "At exp and the skew a token is over, a second earlier it is not", "RFC 7519 §4.1.4", EXPIRED);
        ends(row, -3_600, -31, -30);
        ends(row.expecting(pass()), -29, -1, 0, 1);
        ends(row.under(GuardProfile.NO_SKEW).expecting(EXPIRED), -29, -1, 0);
        return ends(row.expecting(pass()), 1).build();
    }

    private static AttackRow.Builder ends(AttackRow.Builder row, long... seconds) {
        for (long offset : seconds) {
            row.token(
                    "exp at now " + signed(offset) + " s",
                    bench -> bench.token()
                            .claim("iat", bench.now() - 7_200)
                            .claim("exp", bench.now() + offset)
                            .sign());
        }
        return row;
    }

    private static String signed(long offset) {
        return offset < 0 ? "- " + -offset : "+ " + offset;
    }

    private static AttackRow j9() {
        return row("J9", "A token does not end before it begins", "contradiction", MALFORMED)
                .token(
                        "exp before iat",
                        bench -> bench.token()
                                .claim("iat", bench.now() + 10)
                                .claim("exp", bench.now() + 9)
                                .sign())
                .token(
                        "exp before nbf",
                        bench -> bench.token()
                                .claim("nbf", bench.now() + 20)
                                .claim("exp", bench.now() + 10)
                                .sign())
                .build();
    }

    private static AttackRow j10() {
        AttackRow.Builder row = row(
                "J10",
                "Before nbf less the skew a token is not valid yet",
                "RFC 7519 §4.1.5",
                invalidToken("NOT_YET_VALID"));
        begins(row, "nbf", 31, 60, 299);
        begins(row.expecting(pass()), "nbf", 30, 29, 0, -1, -3_600);
        begins(row.under(GuardProfile.NO_SKEW).expecting(invalidToken("NOT_YET_VALID")), "nbf", 1);
        return begins(row.expecting(pass()), "nbf", 0).build();
    }

    private static AttackRow.Builder begins(AttackRow.Builder row, String claim, long... seconds) {
        for (long offset : seconds) {
            row.token(
                    claim + " at now " + signed(offset) + " s",
                    bench -> bench.token().claim(claim, bench.now() + offset).sign());
        }
        return row;
    }

    private static AttackRow j11() {
        return row("J11", "Times are numbers, and not before 1970", "RFC 7519 §2: NumericDate", MALFORMED)
                .tokenWithEach("nbf", NO_NUMBERS, (bench, json) -> bench.withRaw("nbf", json))
                .tokenWithEach("iat", NO_NUMBERS, (bench, json) -> bench.withRaw("iat", json))
                .tokenWithEach(
                        "nbf",
                        List.of("-1", "-1e300", "-9223372036854775808", "-0.5"),
                        (bench, json) -> bench.withRaw("nbf", json))
                .tokenWithEach(
                        "iat",
                        List.of("-1", "-1e300", "-9223372036854775808", "-0.5"),
                        (bench, json) -> bench.withRaw("iat", json))
                .build();
    }

    private static AttackRow j12() {
        Expectation future = invalidToken("ISSUED_IN_FUTURE");
        AttackRow.Builder row = row("J12", "A token is not issued in the future", "RFC 7519 §4.1.6", future);
        begins(row, "iat", 31, 120, 299);
        row.token(
                "iat in a year",
                bench -> bench.token()
                        .claim("iat", bench.now() + 31_536_000)
                        .claim("exp", bench.now() + 31_536_060)
                        .sign());
        begins(row.expecting(pass()), "iat", 30, 29, 0, -1, -3_600);
        begins(row.under(GuardProfile.NO_SKEW).expecting(future), "iat", 1);
        return begins(row.expecting(pass()), "iat", 0).build();
    }

    private static AttackRow j13() {
        AttackRow.Builder row = row(
                "J13",
                "Older than the greatest age is too old, however late it ends",
                "RFC 9068 §2.2",
                invalidToken("MAX_AGE_EXCEEDED"));
        row.under(GuardProfile.MAX_AGE);
        begins(row, "iat", -3_600, -91, -90);
        begins(row.expecting(pass()), "iat", -89, -60, 0);
        return row.expecting(MISSING)
                .token("no iat", bench -> bench.token().withoutClaim("iat").sign())
                .build();
    }
}
