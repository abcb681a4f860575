package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Stage F: key sets that change, and key sets that are none. */
final class KeySupplyRows {
    private static final List<TestAlgorithm> QUICK =
            List.of(TestAlgorithm.ES384, TestAlgorithm.ES512, TestAlgorithm.EDDSA);

    private KeySupplyRows() {}

    static List<AttackRow> rows() {
        return List.of(f13(), f14(), f15(), f16(), f19(), f20());
    }

    private static AttackRow f13() {
        List<String> entries = List.of(
                "1",
                "null",
                "\"x\"",
                "[]",
                "{}",
                "true",
                "{\"kty\":1}",
                "{\"kty\":\"\"}",
                "{\"kty\":\"XYZ\",\"kid\":\"x\"}",
                "{\"kty\":\"RSA\"}",
                "{\"kty\":\"RSA\",\"e\":\"AQAB\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-257\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}",
                "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AA\"}",
                "{\"kty\":[],\"kid\":{}}",
                "{\"kty\":\"RSA\",\"n\":null,\"e\":null}",
                "{\"kty\":\"RSA\",\"n\":[],\"e\":{}}",
                "{\"kid\":\"" + "x".repeat(300) + "\",\"kty\":\"EC\"}");
        return row("F13", "One bad key does not spoil the others", "RFC 7517 §5", pass())
                .withOwnIssuer()
                .tokenWithEach("beside", entries, (bench, entry) -> {
                    bench.issuer().publishJwk(entry);
                    return bench.token().sign();
                })
                .token("beside all of them", bench -> {
                    entries.forEach(bench.issuer()::publishJwk);
                    return bench.token().sign();
                })
                .build();
    }

    /** Lets the guard load good keys, spoils the key set, lets the guard ask again, and presents a good token. */
    private static AttackRow.Builder spoilt(AttackRow.Builder row, Map<String, Consumer<AttackBench>> spoilers) {
        row.withOwnIssuer();
        spoilers.forEach((variant, spoiler) -> row.token(variant, bench -> {
            bench.warmUp();
            spoiler.accept(bench);
            bench.provokeReload();
            return bench.token(TestAlgorithm.ES384).sign();
        }));
        return row;
    }

    private static Consumer<AttackBench> serving(String document) {
        return bench -> bench.issuer().publishRaw(document);
    }

    private static AttackRow f14() {
        Map<String, Consumer<AttackBench>> spoilers = new LinkedHashMap<>();
        spoilers.put("no key", serving("{\"keys\":[]}"));
        spoilers.put("no usable key", serving("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"));
        spoilers.put("only a broken key", serving("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AA\",\"e\":\"AQAB\"}]}"));
        spoilers.put("only nulls", serving("{\"keys\":[null,null]}"));
        spoilers.put("only a key for encryption", bench -> {
            Map<String, Object> jwk = bench.attackersKey(TestAlgorithm.ES256).publicJwkMembers();
            jwk.put("use", "enc");
            bench.issuer().publishRaw("{\"keys\":[" + TestJson.write(jwk) + "]}");
        });
        return spoilt(
                        row(
                                "F14",
                                "An empty set does not take the keys away",
                                "outages that look like answers",
                                pass()),
                        spoilers)
                .build();
    }

    private static AttackRow f15() {
        Map<String, Consumer<AttackBench>> spoilers = new LinkedHashMap<>();
        List.of(
                        "{}",
                        "[]",
                        "null",
                        "",
                        " ",
                        "{\"keys\":null}",
                        "{\"keys\":{}}",
                        "{\"keys\":\"x\"}",
                        "{\"keys\":1}",
                        "{\"Keys\":[]}",
                        "<html><body>Please log in</body></html>",
                        "\u0000\u0001\u0002")
                .forEach(document -> spoilers.put(Names.printable(document), serving(document)));
        spoilers.put("cut", bench -> {
            String whole = bench.issuer().jwksJson();
            bench.issuer().publishRaw(whole.substring(0, whole.length() / 2));
        });
        spoilers.put(
                "text behind", bench -> bench.issuer().publishRaw(bench.issuer().jwksJson() + "x"));
        spoilers.put(
                "byte order mark",
                bench -> bench.issuer().publishRaw("\ufeff" + bench.issuer().jwksJson()));
        spoilers.put("keys twice", bench -> {
            String whole = bench.issuer().jwksJson();
            bench.issuer().publishRaw("{\"keys\":[]," + whole.substring(1));
        });
        return spoilt(
                        row(
                                "F15",
                                "What is no set does not take the keys away",
                                "outages that look like answers",
                                pass()),
                        spoilers)
                .build();
    }

    private static AttackRow f16() {
        Map<String, Consumer<AttackBench>> spoilers = new LinkedHashMap<>();
        spoilers.put("1001 keys", bench -> bench.issuer().publishRaw(keys(bench, 1001)));
        spoilers.put("10000 keys", serving("{\"keys\":[" + "{},".repeat(9_999) + "{}]}"));
        spoilers.put(
                "a megabyte of spaces",
                bench -> bench.issuer().publishRaw(bench.issuer().jwksJson() + " ".repeat(1 << 20)));
        spoilers.put(
                "a long member",
                bench -> bench.issuer()
                        .publishRaw("{\"x\":\"" + "x".repeat(200_000) + "\","
                                + bench.issuer().jwksJson().substring(1)));
        spoilers.put("depth 10000", serving("{\"keys\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"));
        spoilers.put(
                "10000 members",
                bench -> bench.issuer()
                        .publishRaw("{"
                                + IntStream.range(0, 10_000)
                                        .mapToObj(i -> "\"m" + i + "\":0,")
                                        .collect(Collectors.joining())
                                + bench.issuer().jwksJson().substring(1)));
        spoilers.put(
                "a member twice",
                bench -> bench.issuer().publishJwk("{\"kty\":\"RSA\",\"n\":\"AA\",\"n\":\"AQ\",\"e\":\"AQAB\"}"));
        spoilers.put(
                "a long number",
                bench -> bench.issuer().publishJwk("{\"kty\":\"RSA\",\"n\":" + "1".repeat(100_000) + "}"));
        AttackRow.Builder row = row("F16", "A flood does not take the keys away", "bounds", pass());
        return spoilt(row, spoilers)
                .token("1000 keys, which is legal", bench -> {
                    bench.warmUp();
                    bench.issuer().publishRaw(keys(bench, 1000));
                    bench.provokeReload();
                    return bench.issuer()
                            .token()
                            .key(bench.attackersKey(TestAlgorithm.ES256).withKid("key-1"))
                            .sign();
                })
                .build();
    }

    /** So many keys; the first is the issuer's own. */
    private static String keys(AttackBench bench, int count) {
        TestKey key = bench.attackersKey(TestAlgorithm.ES256);
        return IntStream.range(1, count)
                .mapToObj(i -> key.withKid("key-" + i).publicJwk())
                .collect(Collectors.joining(
                        ",", "{\"keys\":[" + bench.issuer().currentKey().publicJwk() + ",", "]}"));
    }

    private static AttackRow f19() {
        return row(
                        "F19",
                        "A key that is new is found at once, and the old one stays good",
                        "OpenID Connect Core §10.1.1",
                        pass())
                .withOwnIssuer()
                .tokenOfEach("by the new key", QUICK, (bench, algorithm) -> {
                    bench.warmUp();
                    return bench.issuer()
                            .token()
                            .key(bench.issuer().rotateTo(algorithm))
                            .sign();
                })
                .tokenOfEach("by the old key", QUICK, (bench, algorithm) -> {
                    bench.warmUp();
                    bench.issuer().rotateTo(algorithm);
                    bench.provokeReload();
                    return bench.token(TestAlgorithm.ES256).sign();
                })
                .build();
    }

    private static AttackRow f20() {
        return row(
                        "F20",
                        "A key that was withdrawn is no key once the set was loaded anew",
                        "RFC 7517 §5",
                        invalidToken("KEY_UNKNOWN"))
                .withOwnIssuer()
                .tokenOfEach("withdrawn", QUICK, (bench, algorithm) -> {
                    String before = bench.token(algorithm).sign();
                    bench.knock(bench.present(before));
                    bench.issuer().withdraw(bench.key(algorithm));
                    bench.provokeReload();
                    return before;
                })
                .expecting(invalidToken("SIGNATURE_INVALID"))
                .tokenOfEach("replaced under its name", QUICK, (bench, algorithm) -> {
                    String before = bench.token(algorithm).sign();
                    bench.knock(bench.present(before));
                    bench.issuer().withdraw(bench.key(algorithm));
                    bench.issuer()
                            .publish(bench.attackersKey(algorithm)
                                    .withKid(bench.key(algorithm).kid()));
                    bench.provokeReload();
                    return before;
                })
                .build();
    }
}
