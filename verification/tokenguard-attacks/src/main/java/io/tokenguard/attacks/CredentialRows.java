package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidRequest;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.noCredentials;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import java.util.List;
import java.util.function.BiFunction;

/** Stage A: the field in which a token travels. */
final class CredentialRows {
    private static final Expectation SYNTAX = invalidRequest("CREDENTIAL_SYNTAX");
    private static final Expectation MULTIPLE = invalidRequest("MULTIPLE_CREDENTIALS");

    private CredentialRows() {}

    static List<AttackRow> rows() {
        return List.of(
                a1(), a2(), a3(), a4(), a5(), a6(), a7(), a8(), a9(), a10(), a11(), a12(), a13(), a14(), a15(), a24());
    }

    private static AttackRow a1() {
        return row("A1", "A request has one Authorization field", "RFC 6750 §2; CVE-2026-26308", MULTIPLE)
                .attack("good, then evil", bench -> bench.present(good(bench)).bearer(evil(bench)))
                .attack("evil, then good", bench -> bench.present(evil(bench)).bearer(good(bench)))
                .attack("the same twice", bench -> {
                    String token = good(bench);
                    return bench.present(token).bearer(token);
                })
                .attack(
                        "three times",
                        bench -> bench.present(good(bench)).bearer(good(bench)).bearer(good(bench)))
                .attack(
                        "in another case of the name",
                        bench -> bench.present(good(bench)).header("authorization", "Bearer " + evil(bench)))
                .attack(
                        "with another scheme ahead",
                        bench -> me().authorization("Basic eA==").bearer(good(bench)))
                .attack(
                        "with another scheme behind",
                        bench -> bench.present(good(bench)).authorization("Basic eA=="))
                .attack(
                        "with an empty field ahead",
                        bench -> me().authorization("").bearer(good(bench)))
                .build();
    }

    private static String good(AttackBench bench) {
        return bench.token().sign();
    }

    private static String evil(AttackBench bench) {
        return bench.issuer()
                .token()
                .key(bench.attackersKey(TestAlgorithm.ES256))
                .sign();
    }

    private static RawRequest me() {
        return RawRequest.get("/api/me");
    }

    /** The same attack with each of some ways to write the field. */
    private static AttackRow.Builder written(
            AttackRow.Builder row, List<String> texts, BiFunction<AttackBench, String, String> field) {
        for (String text : texts) {
            row.attack(Names.printable(text), bench -> me().authorization(field.apply(bench, text)));
        }
        return row;
    }

    /** The same attack with each of some texts, in which a percent sign and an s stand for a good token. */
    private static AttackRow.Builder templates(AttackRow.Builder row, String... templates) {
        return written(row, List.of(templates), (bench, template) -> template.replace("%s", good(bench)));
    }

    private static AttackRow a2() {
        AttackRow.Builder row =
                row("A2", "A field holds one credential, not a list", "RFC 9110 §5.3; CVE-2026-26308", SYNTAX);
        templates(
                row,
                "Bearer %s, Bearer %s",
                "Bearer %s,Bearer %s",
                "Bearer %s,Basic eA==",
                "Bearer %s,",
                "Bearer %s, %s",
                "Bearer ,%s");
        return templates(row.expecting(noCredentials()), "Basic eA==, Bearer %s", ", Bearer %s")
                .build();
    }

    private static AttackRow a3() {
        return row("A3", "A request has one credential, whatever the schemes", "RFC 9449 §7.2", MULTIPLE)
                .attack("Bearer and DPoP", bench -> bench.present(good(bench)).authorization("DPoP " + good(bench)))
                .attack(
                        "DPoP and Bearer",
                        bench -> me().authorization("DPoP " + good(bench)).bearer(good(bench)))
                .build();
    }

    private static AttackRow a4() {
        return templates(
                        row("A4", "The scheme ignores case", "RFC 9110 §11.1", pass()),
                        "bearer %s",
                        "BEARER %s",
                        "bEaReR %s",
                        "Bearer %s")
                .build();
    }

    private static AttackRow a5() {
        return templates(
                        row("A5", "Only spaces separate scheme and token", "RFC 6750 §2.1", SYNTAX),
                        "Bearer\t%s",
                        "Bearer \t%s",
                        "Bearer\t %s",
                        "Bearer\u00a0%s",
                        "Bearer\u2003%s",
                        "Bearer\u0085%s",
                        "Bearer\u000b%s",
                        "Bearer\f%s",
                        "Bearer:%s",
                        "Bearer: %s",
                        "Bearer=%s",
                        "Bearer,%s",
                        "Bearer/%s")
                .build();
    }

    private static AttackRow a6() {
        AttackRow.Builder row = row("A6", "One to eight spaces are legal, more are not", "RFC 6750 §2.1: 1*SP", pass());
        for (int spaces = 1; spaces <= 8; spaces++) {
            String separator = " ".repeat(spaces);
            row.attack(spaces + " spaces", bench -> me().authorization("Bearer" + separator + good(bench)));
        }
        return row.expecting(SYNTAX)
                .attack("9 spaces", bench -> me().authorization("Bearer" + " ".repeat(9) + good(bench)))
                .attack("1000 spaces", bench -> me().authorization("Bearer" + " ".repeat(1_000) + good(bench)))
                .build();
    }

    private static AttackRow a7() {
        return templates(
                        row("A7", "Without a separator it is another scheme", "RFC 9110 §11.1", noCredentials()),
                        "Bearer%s",
                        "Bearers %s",
                        "Bearer-%s",
                        "Bearer1 %s",
                        "%s",
                        " Bearer %s")
                .build();
    }

    private static AttackRow a8() {
        return templates(
                        row("A8", "A scheme without a token is malformed", "RFC 6750 §2.1", SYNTAX),
                        "Bearer",
                        "Bearer ",
                        "Bearer        ",
                        "bearer",
                        "Bearer =",
                        "Bearer ====")
                .build();
    }

    private static AttackRow a9() {
        return templates(
                        row("A9", "Nothing follows the token", "RFC 9110 §11.2", SYNTAX),
                        "Bearer %s x",
                        "Bearer %s %s",
                        "Bearer %s;a=b",
                        "Bearer %s ",
                        "Bearer %s\t",
                        "Bearer %s, scope=x",
                        "Bearer %s#x",
                        "Bearer %s?x")
                .build();
    }

    private static AttackRow a10() {
        return templates(
                        row("A10", "The token is neither quoted nor named", "RFC 6750 §2.1", SYNTAX),
                        "Bearer \"%s\"",
                        "Bearer '%s'",
                        "Bearer token=%s",
                        "Bearer token=\"%s\"",
                        "Bearer access_token=%s",
                        "Bearer <%s>",
                        "Bearer Bearer %s",
                        "Bearer {%s}")
                .build();
    }

    private static AttackRow a11() {
        return templates(
                        row("A11", "Control characters are not skipped", "RFC 9110 §5.5", SYNTAX),
                        "Bearer \u0000%s",
                        "Bearer %s\u0000",
                        "Bearer %s\u007f",
                        "Bearer \u000b%s",
                        "Bearer \r\n %s",
                        "Bearer %s\r\n ",
                        "Bearer %s\r\nX-Injected: 1",
                        "Bearer \u001b[31m%s",
                        "Bearer\u0000 %s")
                .build();
    }

    private static AttackRow a12() {
        AttackRow.Builder row =
                row("A12", "Letters that look alike are not folded into ours", "Unicode case folding", noCredentials());
        templates(
                row,
                "\uff22earer %s",
                "B\u0435arer %s",
                "\uff22\uff45\uff41\uff52\uff45\uff52 %s",
                "Be\u0430rer %s",
                "\u200bBearer %s",
                "\ufeffBearer %s",
                "BE\u00c0RER %s");
        return templates(
                        row.expecting(SYNTAX),
                        "Bearer %s\u00e9",
                        "Bearer \u00e9%s",
                        "Bearer\u00e9 %s",
                        "Bearer %s\u017f",
                        "Bearer %s\u212a",
                        "Bearer \ufeff%s",
                        "Bearer\u200b %s",
                        "Bearer %s\ud83d\ude00")
                .build();
    }

    private static AttackRow a13() {
        return row("A13", "Percent-encoding is not undone", "RFC 6750 §2.1", SYNTAX)
                .attack("dots", bench -> bench.present(good(bench).replace(".", "%2E")))
                .attack(
                        "dots in small letters",
                        bench -> bench.present(good(bench).replace(".", "%2e")))
                .attack(
                        "first letter",
                        bench -> bench.present("%65" + good(bench).substring(1)))
                .expecting(noCredentials())
                .attack("space after the scheme", bench -> me().authorization("Bearer%20" + good(bench)))
                .attack("plus for the space", bench -> me().authorization("Bearer%2B " + good(bench)))
                .build();
    }

    private static AttackRow a14() {
        return row("A14", "A token has at most 16384 characters", "RFC 8725 §2.4", invalidToken("TOKEN_TOO_LARGE"))
                .token("one character more", bench -> Sizes.tokenOfLength(bench, 16_385))
                .token("twice as long", bench -> Sizes.tokenOfLength(bench, 32_768))
                .token("a million letters", bench -> "A".repeat(1 << 20))
                .token("a long signature", bench -> bench.token().sign() + "A".repeat(20_000))
                .build();
    }

    private static AttackRow a15() {
        return row(
                        "A15",
                        "A flood of separators ends at the limit or at the third dot",
                        "CVE-2025-30204, CVE-2025-27144",
                        invalidToken("TOKEN_MALFORMED"))
                .token("16384 dots", bench -> ".".repeat(16_384))
                .token("a good token and 10000 dots", bench -> good(bench) + ".".repeat(10_000))
                .token("8000 parts", bench -> "a.".repeat(8_000))
                .expecting(invalidToken("TOKEN_TOO_LARGE"))
                .token("a million dots", bench -> ".".repeat(1_000_000))
                .build();
    }

    private static AttackRow a24() {
        return row(
                        "A24",
                        "Padding is legal in a token68 and illegal in a token",
                        "RFC 9110 §11.2, RFC 7515 §2",
                        invalidToken("TOKEN_MALFORMED"))
                .tokenOfEach(
                        "padded", (bench, algorithm) -> bench.token(algorithm).sign() + "==")
                .build();
    }
}
