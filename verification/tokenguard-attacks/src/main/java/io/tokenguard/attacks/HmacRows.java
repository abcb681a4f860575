package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TokenBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Stage E: HMAC is on for one issuer, beside another one with public keys. */
final class HmacRows {
    private static final Expectation NOT_ALLOWED = invalidToken("ALGORITHM_NOT_ALLOWED");
    private static final Expectation INVALID = invalidToken("SIGNATURE_INVALID");
    private static final List<String> HMACS = List.of("HS256", "HS384", "HS512");

    private HmacRows() {}

    static List<AttackRow> rows() {
        return List.of(e29(), e30(), e31());
    }

    private static TokenBuilder shared(AttackBench bench) {
        return bench.token().issuer(SharedSecret.ISSUER);
    }

    private static AttackRow e29() {
        AttackRow.Builder row = row(
                        "E29",
                        "With HMAC on for one issuer, no public key becomes a secret",
                        "CVE-2016-10555, CVE-2022-29217, RFC 8725 §2.1",
                        NOT_ALLOWED)
                .under(GuardProfile.WITH_HMAC);
        for (TestAlgorithm algorithm : List.of(TestAlgorithm.RS256, TestAlgorithm.ES256, TestAlgorithm.EDDSA)) {
            AlgorithmRows.secretsMadeOf(AttackKeys.issuer(algorithm))
                    .forEach((form, secret) -> row.expecting(NOT_ALLOWED)
                            .tokenWithEach(
                                    algorithm.joseName() + " key as " + form + " for its issuer,",
                                    HMACS,
                                    (bench, hmac) -> bench.token(algorithm).signWith(secret, hmac))
                            .expecting(INVALID)
                            .tokenWithEach(
                                    algorithm.joseName() + " key as " + form + " for the issuer with a secret,",
                                    HMACS,
                                    (bench, hmac) -> bench.token(algorithm)
                                            .issuer(SharedSecret.ISSUER)
                                            .signWith(secret, hmac)));
        }
        return row.build();
    }

    private static AttackRow e30() {
        return row("E30", "A secret and a key verify tokens of their own issuer only", "RFC 8725 §3.1", NOT_ALLOWED)
                .under(GuardProfile.WITH_HMAC)
                .tokenWithEach(
                        "the secret for the issuer with keys,",
                        HMACS,
                        (bench, hmac) -> bench.token().signWith(SharedSecret.secret(), hmac))
                .tokenOfEach(
                        "a key for the issuer with a secret",
                        (bench, algorithm) -> bench.token(algorithm)
                                .issuer(SharedSecret.ISSUER)
                                .sign())
                .tokenWithEach(
                        "unsigned for the issuer with a secret,",
                        List.of("none", "None", "NONE"),
                        (bench, none) -> shared(bench).unsigned(none))
                .expecting(pass())
                .tokenWithEach(
                        "the secret for its issuer,",
                        HMACS,
                        (bench, hmac) -> shared(bench).signWith(SharedSecret.secret(), hmac))
                .token(
                        "whatever kid",
                        bench -> shared(bench)
                                .header("kid", bench.key(TestAlgorithm.RS256).kid())
                                .signWith(SharedSecret.secret(), "HS256"))
                .build();
    }

    private static AttackRow e31() {
        return row("E31", "A code counts in full, and of its own algorithm", "RFC 7518 §3.2, CVE-2019-20933", INVALID)
                .under(GuardProfile.WITH_HMAC)
                .tokenWithEach(
                        "a guess,",
                        AlgorithmRows.COMMON_SECRETS,
                        (bench, guess) -> shared(bench).signWith(guess.getBytes(StandardCharsets.UTF_8), "HS256"))
                .tokenWithEach(
                        "empty secret,", HMACS, (bench, hmac) -> shared(bench).signWith(new byte[0], hmac))
                .tokenWithEach(
                        "a secret of zeros,",
                        HMACS,
                        (bench, hmac) -> shared(bench).signWith(new byte[64], hmac))
                .tokenWithEach("half of the code,", HMACS, (bench, hmac) -> cut(bench, hmac, 0.5))
                .tokenWithEach("twice the code,", HMACS, (bench, hmac) -> cut(bench, hmac, 2))
                .tokenWithEach("another algorithm's name on it,", HMACS, HmacRows::renamed)
                .token(
                        "another text",
                        bench -> CompactToken.parse(shared(bench).signWith(SharedSecret.secret(), "HS256"))
                                .withPayload(CompactToken.parse(
                                                shared(bench).subject("mallory").unsigned("HS256"))
                                        .payload())
                                .compact())
                .build();
    }

    private static String cut(AttackBench bench, String hmac, double part) {
        CompactToken token = CompactToken.parse(shared(bench).signWith(SharedSecret.secret(), hmac));
        byte[] code = token.signatureBytes();
        return token.withSignature(Arrays.copyOf(code, (int) (code.length * part)))
                .compact();
    }

    private static String renamed(AttackBench bench, String hmac) {
        String other = HMACS.get((HMACS.indexOf(hmac) + 1) % HMACS.size());
        CompactToken token = CompactToken.parse(shared(bench).unsigned(hmac));
        byte[] code = CompactToken.parse(shared(bench).signWith(SharedSecret.secret(), other))
                .signatureBytes();
        return token.withSignature(code).compact();
    }
}
