package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.util.List;
import java.util.Map;

/** Stage E: which algorithm a key serves. */
final class KeyFitRows {
    private static final Expectation UNUSABLE = invalidToken("KEY_UNUSABLE");
    private static final Expectation NOT_ALLOWED = invalidToken("ALGORITHM_NOT_ALLOWED");
    private static final List<TestAlgorithm> RSA = TestAlgorithm.defaults().stream()
            .filter(algorithm -> algorithm.joseName().endsWith("S256")
                    || algorithm.joseName().endsWith("S384")
                    || algorithm.joseName().endsWith("S512"))
            .filter(algorithm -> !algorithm.joseName().startsWith("E"))
            .toList();

    private KeyFitRows() {}

    static List<AttackRow> rows() {
        return List.of(e6(), e7(), e8(), e9());
    }

    private static AttackRow e6() {
        return row("E6", "The key that a token names must be of the token's algorithm", "RFC 8725 §3.1", UNUSABLE)
                .tokenOfEach(
                        "names a key of another kind",
                        (bench, algorithm) -> bench.token(algorithm)
                                .header(
                                        "kid",
                                        bench.key(ofAnotherKind(algorithm)).kid())
                                .sign())
                .tokenOfEach("is made by a key of another kind, for which it stands", (bench, algorithm) -> {
                    TestAlgorithm other = ofAnotherKind(algorithm);
                    return bench.token(other)
                            .header("alg", algorithm.joseName())
                            .sign();
                })
                .build();
    }

    private static TestAlgorithm ofAnotherKind(TestAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256, RS384, RS512, PS256, PS384, PS512 -> TestAlgorithm.ES256;
            case ES256, ES384, ES512 -> TestAlgorithm.EDDSA;
            default -> TestAlgorithm.RS256;
        };
    }

    private static AttackRow e7() {
        AttackRow.Builder row = row("E7", "Curve and algorithm belong together", "RFC 7518 §3.4", UNUSABLE);
        List<TestAlgorithm> curves = List.of(TestAlgorithm.ES256, TestAlgorithm.ES384, TestAlgorithm.ES512);
        for (TestAlgorithm curve : curves) {
            for (TestAlgorithm algorithm : curves) {
                if (curve != algorithm) {
                    row.token(
                            "key for " + curve.joseName() + ", token " + algorithm.joseName(),
                            bench -> crossed(bench, curve, algorithm));
                }
            }
        }
        row.withOwnIssuer();
        for (TestAlgorithm curve : curves) {
            TestAlgorithm label = curves.get((curves.indexOf(curve) + 1) % curves.size());
            row.token(
                    "key for " + curve.joseName() + " with label " + label.joseName(),
                    bench -> labelled(bench, curve, label));
            row.token(
                    "key for " + curve.joseName() + " without label, token " + label.joseName(),
                    bench -> unlabelled(bench, curve, label));
        }
        return row.expecting(invalidToken("KEY_UNUSABLE", "KEY_REFUSED"))
                .token("key on secp256k1", KeyFitRows::onForeignCurve)
                .build();
    }

    /** The algorithm's hash, computed with a key on the other curve: a true signature. */
    private static String crossed(AttackBench bench, TestAlgorithm curve, TestAlgorithm algorithm) {
        return bench.issuer().token().key(bench.key(curve)).algorithm(algorithm).sign();
    }

    private static String labelled(AttackBench bench, TestAlgorithm curve, TestAlgorithm label) {
        TestKey key = bench.attackersKey(curve).withKid("mislabelled");
        Map<String, Object> jwk = key.publicJwkMembers();
        jwk.put("alg", label.joseName());
        bench.issuer().publishJwk(TestJson.write(jwk));
        return bench.issuer().token().key(key).algorithm(label).sign();
    }

    private static String unlabelled(AttackBench bench, TestAlgorithm curve, TestAlgorithm algorithm) {
        TestKey key = bench.attackersKey(curve).withKid("unlabelled");
        bench.issuer().publishJwk(key.publicJwkWithoutAlg());
        return bench.issuer().token().key(key).algorithm(algorithm).sign();
    }

    private static String onForeignCurve(AttackBench bench) {
        TestKey key = bench.attackersKey(TestAlgorithm.ES256).withKid("foreign");
        Map<String, Object> jwk = key.publicJwkMembers();
        jwk.put("crv", "secp256k1");
        bench.issuer().publishJwk(TestJson.write(jwk));
        return bench.issuer().token().key(key).sign();
    }

    private static AttackRow e8() {
        AttackRow.Builder row = row("E8", "A key serves the one algorithm of its label", "RFC 7517 §4.4", UNUSABLE);
        for (TestAlgorithm label : RSA) {
            RSA.stream()
                    .filter(algorithm -> algorithm != label)
                    .forEach(algorithm -> row.token(
                            "key for " + label.joseName() + ", token " + algorithm.joseName(),
                            bench -> crossed(bench, label, algorithm)));
        }
        return row.withOwnIssuer()
                .expecting(pass())
                .tokenOfEach("key without label, which may serve any", RSA, (bench, algorithm) -> {
                    TestKey key = bench.attackersKey(TestAlgorithm.RS256).withKid("unlabelled");
                    bench.issuer().publishJwk(key.publicJwkWithoutAlg());
                    return bench.issuer().token().key(key).algorithm(algorithm).sign();
                })
                .build();
    }

    private static AttackRow e9() {
        return row(
                        "E9",
                        "EdDSA means Ed25519 here: no key agreement, no other curve",
                        "RFC 8037 §2, RFC 9864 §2.2",
                        invalidToken("KEY_UNUSABLE", "KEY_REFUSED"))
                .withOwnIssuer()
                .tokenWithEach(
                        "X25519 key, token",
                        List.of("EdDSA", "Ed25519"),
                        (bench, name) -> EdwardsForge.onX25519(bench, name))
                .tokenWithEach("Ed448 key, token", List.of("EdDSA", "Ed25519"), EdwardsForge::onEd448)
                .tokenWithEach(
                        "Ed448 key said to be Ed25519, token",
                        List.of("EdDSA", "Ed25519"),
                        (bench, name) -> EdwardsForge.onEd448SaidToBeEd25519(bench, name))
                .expecting(NOT_ALLOWED)
                .token("Ed448 by its name", bench -> EdwardsForge.onEd448(bench, "Ed448"))
                .build();
    }
}
