package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stage F: what a key says of itself, and which of several keys is meant. */
final class KeySetRows {
    private static final Expectation REFUSED = invalidToken("KEY_REFUSED");
    private static final Expectation UNKNOWN = invalidToken("KEY_UNKNOWN");
    private static final Expectation AMBIGUOUS = invalidToken("KEY_AMBIGUOUS");
    private static final List<TestAlgorithm> QUICK =
            List.of(TestAlgorithm.ES256, TestAlgorithm.ES384, TestAlgorithm.ES512, TestAlgorithm.EDDSA);

    private KeySetRows() {}

    static List<AttackRow> rows() {
        return List.of(f1(), f2(), f3(), f4(), f11(), f12(), f17(), f18(), f22(), f23());
    }

    private static AttackRow f1() {
        return row("F1", "A key that the issuer does not publish is no key", "RFC 7515 §4.1.4", UNKNOWN)
                .tokenOfEach(
                        "another key under its own name",
                        (bench, algorithm) -> bench.issuer()
                                .token()
                                .key(bench.attackersKey(algorithm))
                                .algorithm(algorithm)
                                .sign())
                .tokenOfEach(
                        "a good key under another name",
                        (bench, algorithm) -> bench.token(algorithm)
                                .header("kid", UUID.randomUUID().toString())
                                .sign())
                .build();
    }

    private static AttackRow f2() {
        return row("F2", "Two keys of one name and algorithm are none", "RFC 7517 §4.5", AMBIGUOUS)
                .withOwnIssuer()
                .tokenOfEach("by the first", QUICK.subList(1, QUICK.size()), (bench, algorithm) -> {
                    bench.issuer()
                            .publish(bench.attackersKey(algorithm)
                                    .withKid(bench.key(algorithm).kid()));
                    return bench.token(algorithm).sign();
                })
                .tokenOfEach("by the second", QUICK.subList(1, QUICK.size()), (bench, algorithm) -> {
                    TestKey second = bench.attackersKey(algorithm)
                            .withKid(bench.key(algorithm).kid());
                    bench.issuer().publish(second);
                    return bench.issuer().token().key(second).sign();
                })
                .token("three of them", bench -> {
                    String name = bench.key(TestAlgorithm.ES384).kid();
                    bench.issuer()
                            .publish(bench.attackersKey(TestAlgorithm.ES384).withKid(name));
                    bench.issuer()
                            .publish(bench.attackersKey(TestAlgorithm.ES512).withKid(name));
                    return bench.token(TestAlgorithm.ES384).sign();
                })
                .expecting(pass())
                .token("one of them for encryption", bench -> {
                    Map<String, Object> jwk = bench.attackersKey(TestAlgorithm.ES384)
                            .withKid(bench.key(TestAlgorithm.ES384).kid())
                            .publicJwkMembers();
                    jwk.put("use", "enc");
                    bench.issuer().publishJwk(TestJson.write(jwk));
                    return bench.token(TestAlgorithm.ES384).sign();
                })
                .build();
    }

    private static AttackRow f3() {
        return row(
                        "F3",
                        "A shared secret in a key set is no key",
                        "sets that mix kinds of key",
                        invalidToken("ALGORITHM_NOT_ALLOWED"))
                .withOwnIssuer()
                .tokenWithEach("", List.of("HS256", "HS384", "HS512"), (bench, hmac) -> {
                    publishSecret(bench, "secret", hmac);
                    return bench.token().header("kid", "secret").signWith(secret(), hmac);
                })
                .token("under the name of another key", bench -> {
                    publishSecret(bench, bench.key(TestAlgorithm.RS256).kid(), "HS256");
                    return bench.token(TestAlgorithm.RS256).signWith(secret(), "HS256");
                })
                .expecting(invalidToken("KEY_UNKNOWN", "KEY_UNUSABLE", "KEY_REFUSED"))
                .tokenOfEach("named by a token", (bench, algorithm) -> {
                    publishSecret(bench, "secret", algorithm.joseName());
                    return bench.token(algorithm).header("kid", "secret").sign();
                })
                .build();
    }

    private static byte[] secret() {
        return "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    }

    private static void publishSecret(AttackBench bench, String keyId, String algorithm) {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "oct");
        jwk.put("kid", keyId);
        jwk.put("alg", algorithm);
        jwk.put("k", Forge.encode(secret()));
        bench.issuer().publishJwk(TestJson.write(jwk));
    }

    private static AttackRow f4() {
        AttackRow.Builder row = row("F4", "A key whose private half was published is dead", "RFC 7517 §9.2", REFUSED)
                .withOwnIssuer()
                .tokenOfEach(
                        "whole",
                        (bench, algorithm) -> leaked(
                                bench,
                                algorithm,
                                bench.attackersKey(algorithm).withKid("leaked").privateJwk()))
                .tokenOfEach("beside its public half", QUICK, (bench, algorithm) -> {
                    TestKey key = bench.attackersKey(algorithm).withKid("leaked");
                    bench.issuer().publish(key);
                    return leaked(bench, algorithm, key.privateJwk());
                })
                .tokenOfEach("under another name than its public half", QUICK, (bench, algorithm) -> {
                    TestKey key = bench.attackersKey(algorithm);
                    bench.issuer().publish(key.withKid("leaked"));
                    return leaked(bench, algorithm, key.withKid("other").privateJwk());
                });
        for (String member : List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k")) {
            row.token("a member " + member, bench -> {
                Map<String, Object> jwk = bench.attackersKey(TestAlgorithm.ES256)
                        .withKid("leaked")
                        .publicJwkMembers();
                jwk.put(member, "AA");
                return leaked(bench, TestAlgorithm.ES256, TestJson.write(jwk));
            });
        }
        return row.build();
    }

    private static String leaked(AttackBench bench, TestAlgorithm algorithm, String jwk) {
        bench.issuer().publishJwk(jwk);
        return bench.issuer()
                .token()
                .key(bench.attackersKey(algorithm).withKid("leaked"))
                .algorithm(algorithm)
                .sign();
    }

    private static AttackRow f11() {
        AttackRow.Builder row = row(
                        "F11",
                        "A key does only what it is published for",
                        "RFC 7517 §4.2, §4.3",
                        invalidToken("KEY_UNUSABLE"))
                .withOwnIssuer();
        for (Object use : List.of("enc", "SIG", "", "sig ", List.of("sig"), 1)) {
            row.token("use " + use, bench -> withMember(bench, "use", use));
        }
        List<List<String>> operations = List.of(
                List.of(), List.of("encrypt"), List.of("sign"), List.of("VERIFY"), List.of("deriveKey", "wrapKey"));
        for (List<String> operation : operations) {
            row.token("key_ops " + operation, bench -> withMember(bench, "key_ops", operation));
        }
        for (Object algorithm : List.of("ECDH-ES", "ES384", "none", "HS256", "es256", "", 1)) {
            row.token("alg " + algorithm, bench -> withMember(bench, "alg", algorithm));
        }
        return row.token("key_ops as text", bench -> withMember(bench, "key_ops", "verify"))
                .expecting(pass())
                .token("key_ops verify", bench -> withMember(bench, "key_ops", List.of("sign", "verify")))
                .token("ext true", bench -> withMember(bench, "ext", true))
                .build();
    }

    private static String withMember(AttackBench bench, String member, Object value) {
        TestKey key = bench.attackersKey(TestAlgorithm.ES256).withKid("labelled");
        Map<String, Object> jwk = key.publicJwkMembers();
        jwk.put(member, value);
        bench.issuer().publishJwk(TestJson.write(jwk));
        return bench.issuer().token().key(key).sign();
    }

    private static AttackRow f12() {
        TestKey signer = AttackKeys.attacker(TestAlgorithm.ES256);
        String foreign = Certificates.x5c(AttackKeys.issuer(TestAlgorithm.ES384), signer);
        return row("F12", "A certificate beside a key is of that key", "RFC 7517 §4.7", REFUSED)
                .withOwnIssuer()
                .token("of another key", bench -> withMember(bench, "x5c", List.of(foreign)))
                .token(
                        "of another key ahead of its own",
                        bench -> withMember(bench, "x5c", List.of(foreign, Certificates.x5c(signer, signer))))
                .token("rubbish", bench -> withMember(bench, "x5c", List.of("AAAA")))
                .token("no base64", bench -> withMember(bench, "x5c", List.of("!!")))
                .token("empty chain", bench -> withMember(bench, "x5c", List.of()))
                .token("text", bench -> withMember(bench, "x5c", "AAAA"))
                .token("numbers", bench -> withMember(bench, "x5c", List.of(1)))
                .expecting(pass())
                .token("its own", bench -> withMember(bench, "x5c", List.of(Certificates.x5c(signer, signer))))
                .build();
    }

    private static AttackRow f17() {
        return row(
                        "F17",
                        "A key is looked up at the issuer that the token names, and nowhere else",
                        "RFC 9700 §4.4",
                        invalidToken("SIGNATURE_INVALID"))
                .withOwnIssuer()
                .under(GuardProfile.TWO_ISSUERS)
                .tokenOfEach("the other issuer's key under the same name", QUICK, (bench, algorithm) -> {
                    TestKey key = bench.attackersKey(algorithm)
                            .withKid(bench.key(algorithm).kid());
                    bench.stranger().publish(key);
                    return bench.issuer().token().key(key).sign();
                })
                .expecting(pass())
                .tokenOfEach("one name at both, each its own key", QUICK, (bench, algorithm) -> {
                    TestKey key = bench.attackersKey(algorithm)
                            .withKid(bench.key(algorithm).kid());
                    bench.stranger().publish(key);
                    return bench.stranger().token().key(key).sign();
                })
                .build();
    }

    private static AttackRow f18() {
        return row("F18", "A key counts for the issuer that published it only", "RFC 8725 §2.7", UNKNOWN)
                .under(GuardProfile.TWO_ISSUERS)
                .tokenOfEach(
                        "the other's token, issuer rewritten",
                        (bench, algorithm) -> bench.stranger()
                                .token()
                                .key(bench.attackersKey(algorithm))
                                .algorithm(algorithm)
                                .issuer(bench.issuer().issuer())
                                .sign())
                .tokenOfEach(
                        "its token, issuer rewritten to the other",
                        (bench, algorithm) -> bench.token(algorithm)
                                .issuer(bench.stranger().issuer())
                                .sign())
                .build();
    }

    private static AttackRow f22() {
        AttackRow.Builder row = row(
                        "F22",
                        "Members that a key should not have mean nothing, and lead nowhere",
                        "RFC 7517 §4",
                        pass())
                .withOwnIssuer();
        for (String member : List.of("iss", "jku", "x5u", "issuer", "aud", "exp", "__proto__")) {
            row.token(
                    member,
                    bench ->
                            withMember(bench, member, bench.stranger().jwksUri().toString()));
        }
        return row.build();
    }

    private static AttackRow f23() {
        AttackRow.Builder row = row(
                        "F23", "The name of a key is a text, in the set and in the token", "RFC 7517 §4.5", UNKNOWN)
                .withOwnIssuer();
        for (Object name : List.of(1, true, List.of("1"), Map.of())) {
            row.token("set says " + name + ", token says it as text", bench -> {
                withMember(bench, "kid", name);
                return bench.issuer()
                        .token()
                        .key(bench.attackersKey(TestAlgorithm.ES256).withKid(String.valueOf(name)))
                        .sign();
            });
        }
        return row.token("no name in the set, a name in the token", bench -> {
                    Map<String, Object> jwk =
                            bench.attackersKey(TestAlgorithm.ES256).publicJwkMembers();
                    jwk.remove("kid");
                    bench.issuer().publishJwk(TestJson.write(jwk));
                    return bench.issuer()
                            .token()
                            .key(bench.attackersKey(TestAlgorithm.ES256))
                            .sign();
                })
                .expecting(invalidToken("HEADER_REJECTED"))
                .token("number in both", bench -> {
                    withMember(bench, "kid", 1);
                    return bench.token().header("kid", 1).sign();
                })
                .build();
    }
}
