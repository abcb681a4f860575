package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidProof;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.DpopProofBuilder;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Stage L: proofs and the keys that they bring along (RFC 9449). */
final class ProofRows {
    private static final UnaryOperator<DpopProofBuilder> AS_IT_IS = UnaryOperator.identity();

    /** RFC 7515 §4: what RFC 9449 §4.3 does not name is ignored, and nothing is fetched. */
    private static final List<String> IGNORED =
            List.of("zip", "jku", "x5u", "x5c", "x5t", "kid", "enc", "epk", "apu", "apv", "p2s", "p2c", "cty", "iss");

    private ProofRows() {}

    static List<AttackRow> rows() {
        return List.of(l1(), l2(), l3(), l4(), l5(), l6(), l7(), l8(), l9(), l10());
    }

    private static AttackRow.Builder proofRow(String id, String sentence, String source) {
        return row(id, sentence, source, invalidProof()).under(GuardProfile.PUBLIC_ADDRESS);
    }

    private static AttackRow l1() {
        return row("L1", "A bound token is never a bearer token", "RFC 9449 §7.2", invalidToken("BINDING_DOWNGRADE"))
                .under(GuardProfile.PUBLIC_ADDRESS)
                .attack(
                        "without a proof",
                        bench -> bench.present(ProofForge.boundToken(bench).sign()))
                .attack("with a proof", bench -> {
                    String token = ProofForge.boundToken(bench).sign();
                    return bench.present(token)
                            .header(
                                    "DPoP",
                                    ProofForge.proof(bench, ProofForge.holder(), token)
                                            .sign());
                })
                .build();
    }

    private static AttackRow l2() {
        return row("L2", "A bearer token is never a bound token", "RFC 9449 §7.1", invalidToken("BINDING_MISSING"))
                .under(GuardProfile.PUBLIC_ADDRESS)
                .attack("with a proof", bench -> {
                    String token = bench.token().sign();
                    return ProofForge.present(token)
                            .header(
                                    "DPoP",
                                    ProofForge.proof(bench, ProofForge.holder(), token)
                                            .sign());
                })
                .attack(
                        "without a proof",
                        bench -> ProofForge.present(bench.token().sign()))
                .build();
    }

    private static AttackRow l3() {
        return proofRow("L3", "Without a proof no bound token passes", "RFC 9449 §4.3")
                .attack(
                        "no field",
                        bench -> ProofForge.present(ProofForge.boundToken(bench).sign()))
                .attack(
                        "an empty field",
                        bench -> ProofForge.present(ProofForge.boundToken(bench).sign())
                                .header("DPoP", ""))
                .build();
    }

    private static AttackRow l4() {
        return proofRow("L4", "Of two proofs none counts", "RFC 9449 §4.3 step 1")
                .attack("the same in two lines", bench -> {
                    RawRequest good = ProofForge.proven(bench, AS_IT_IS);
                    return good.header("DPoP", last(good));
                })
                .attack("another one in two lines", bench -> {
                    RawRequest good = ProofForge.proven(bench, AS_IT_IS);
                    return good.header("dpop", last(ProofForge.proven(bench, AS_IT_IS)));
                })
                .attack("joined by a comma", bench -> ProofForge.spoilt(bench, proof -> proof + "," + proof))
                .attack("joined by comma and space", bench -> ProofForge.spoilt(bench, proof -> proof + ", " + proof))
                .attack("joined by a space", bench -> ProofForge.spoilt(bench, proof -> proof + " " + proof))
                .build();
    }

    private static String last(RawRequest request) {
        return request.headers().get(request.headers().size() - 1).value();
    }

    private static AttackRow l5() {
        AttackRow.Builder row = proofRow("L5", "What is no signed compact JWT is no proof", "RFC 9449 §4.3 step 2");
        for (String junk : List.of("junk", ".", "..", "...", "a.b.c", "a.b.c.d.e", "{}", "e30.e30.", "e30.e30.AA")) {
            row.attack(junk, bench -> ProofForge.spoilt(bench, proof -> junk));
        }
        return row.attack("in its JSON form", bench -> ProofForge.spoilt(bench, ProofRows::json))
                .attack("padded", bench -> ProofForge.spoilt(bench, proof -> proof + "="))
                .attack("in quotes", bench -> ProofForge.spoilt(bench, proof -> '"' + proof + '"'))
                .attack(
                        "unsigned",
                        bench -> ProofForge.spoilt(
                                bench,
                                proof -> CompactToken.parse(proof)
                                        .withSignature("")
                                        .compact()))
                .attack("too long", bench -> ProofForge.proven(bench, proof -> proof.claim("x", "x".repeat(8_192))))
                .attack(
                        "a member twice",
                        bench -> ProofForge.spoilt(bench, proof -> resigned(proof, "{\"htm\":\"GET\",")))
                .build();
    }

    private static String json(String proof) {
        CompactToken parts = CompactToken.parse(proof);
        return "{\"protected\":\"" + parts.header() + "\",\"payload\":\"" + parts.payload() + "\",\"signature\":\""
                + parts.signature() + "\"}";
    }

    /** The same proof with further text in front of its claims, signed anew. */
    private static String resigned(String proof, String beginning) {
        CompactToken parts = CompactToken.parse(proof);
        String claims = new String(Base64.getUrlDecoder().decode(parts.payload()), StandardCharsets.UTF_8);
        CompactToken changed = parts.withPayload(Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((beginning + claims.substring(1)).getBytes(StandardCharsets.UTF_8)));
        TestKey key = ProofForge.holder();
        return changed.withSignature(key.sign(key.algorithm(), changed.signingInput()))
                .compact();
    }

    private static AttackRow l6() {
        AttackRow.Builder row = proofRow("L6", "Only what says that it is a proof is one", "RFC 9449 §4.2");
        for (String type : List.of("JWT", "at+jwt", "", "dpop", "jwt+dpop", "dpop+jwt ", "text/dpop+jwt")) {
            row.attack("'" + type + "'", bench -> ProofForge.proven(bench, proof -> proof.header("typ", type)));
        }
        return row.attack("none", bench -> ProofForge.proven(bench, proof -> proof.withoutHeader("typ")))
                .attack("a number", bench -> ProofForge.proven(bench, proof -> proof.header("typ", 1)))
                .expecting(pass())
                .attack("in capitals", bench -> ProofForge.proven(bench, proof -> proof.header("typ", "DPOP+JWT")))
                .build();
    }

    private static AttackRow l7() {
        AttackRow.Builder row =
                proofRow("L7", "A proof is signed by a strong algorithm that is agreed", "RFC 9449 §4.3; RFC 7515 §4");
        for (String name :
                List.of("none", "None", "", "HS256", "HS512", "RS1", "ES256K", "es256", "ES384", "RS256", "A256KW")) {
            row.attack("'" + name + "'", bench -> ProofForge.proven(bench, proof -> proof.header("alg", name)));
        }
        for (String parameter : List.of("crit", "b64")) {
            row.attack("with " + parameter, bench -> ProofForge.proven(bench, proof -> proof.header(parameter, "exp")));
        }
        row.attack("with an empty crit", bench -> ProofForge.proven(bench, proof -> proof.header("crit", List.of())))
                .attack("no alg", bench -> ProofForge.proven(bench, proof -> proof.withoutHeader("alg")))
                .expecting(pass());
        for (String parameter : IGNORED) {
            row.attack(
                    "with an ignored " + parameter,
                    bench -> ProofForge.proven(bench, proof -> proof.header(parameter, "https://evil.example")));
        }
        for (TestAlgorithm algorithm : TestAlgorithm.defaults()) {
            row.attack(
                    algorithm.joseName(), bench -> ProofForge.heldBy(bench, bench.attackersKey(algorithm), AS_IT_IS));
        }
        return row.build();
    }

    private static AttackRow l8() {
        return proofRow("L8", "The key that a proof brings keeps the rules for keys", "RFC 9449 §4.3 step 7; CWE-326")
                .attack("no key", bench -> ProofForge.proven(bench, proof -> proof.withoutHeader("jwk")))
                .attack("a text", bench -> ProofForge.proven(bench, proof -> proof.header("jwk", "x")))
                .attack("an empty object", bench -> jwk(bench, Map.of()))
                .attack("a list", bench -> ProofForge.proven(bench, proof -> proof.header("jwk", List.of())))
                .attack("a private member", bench -> jwkWith(bench, "d", "AQAB"))
                .attack("a secret", bench -> jwk(bench, Map.of("kty", "oct", "k", "AAAA")))
                .attack("an unknown curve", bench -> jwkWith(bench, "crv", "secp256k1"))
                .attack("a point that is not on the curve", bench -> jwkWith(bench, "y", "A".repeat(43)))
                .attack("no y", bench -> jwkWith(bench, "y", ""))
                .attack("for encryption", bench -> jwkWith(bench, "use", "enc"))
                .attack("for another algorithm", bench -> jwkWith(bench, "alg", "ES384"))
                .attack("for signing only", bench -> jwkWith(bench, "key_ops", List.of("sign")))
                .attack(
                        "RSA of 1024 bits",
                        bench -> ProofForge.heldBy(bench, TestKey.rsa(1_024, TestAlgorithm.RS256, "weak"), AS_IT_IS))
                .attack("RSA with an exponent of 2048 bits", ProofRows::hugeExponent)
                .build();
    }

    private static RawRequest jwk(AttackBench bench, Map<String, Object> members) {
        return ProofForge.proven(bench, proof -> proof.header("jwk", members));
    }

    private static RawRequest jwkWith(AttackBench bench, String name, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(DpopProofBuilder.publicJwkOf(ProofForge.holder()));
        members.put(name, value);
        return jwk(bench, members);
    }

    private static RawRequest hugeExponent(AttackBench bench) {
        TestKey key = bench.attackersKey(TestAlgorithm.RS256);
        Map<String, Object> members = new LinkedHashMap<>(DpopProofBuilder.publicJwkOf(key));
        byte[] exponent = new byte[256];
        Arrays.fill(exponent, (byte) 0xFF);
        members.put("e", Base64.getUrlEncoder().withoutPadding().encodeToString(exponent));
        return ProofForge.heldBy(bench, key, proof -> proof.header("jwk", members));
    }

    private static AttackRow l9() {
        AttackRow.Builder row = proofRow("L9", "A proof is signed by the key that it brings", "RFC 9449 §4.3 step 6");
        for (int bit : new int[] {0, 7, 255, 256, 511}) {
            row.attack(
                    "bit " + bit + " turned over",
                    bench -> ProofForge.spoilt(
                            bench,
                            proof -> CompactToken.parse(proof).flipBit(bit).compact()));
        }
        return row.attack(
                        "by another key",
                        bench -> ProofForge.proven(
                                bench, proof -> proof.signedBy(bench.attackersKey(TestAlgorithm.ES256))))
                .attack(
                        "of zeros",
                        bench -> ProofForge.spoilt(
                                bench,
                                proof -> CompactToken.parse(proof)
                                        .withSignature(new byte[64])
                                        .compact()))
                .attack(
                        "short",
                        bench -> ProofForge.spoilt(
                                bench,
                                proof -> CompactToken.parse(proof)
                                        .withSignature(new byte[63])
                                        .compact()))
                .attack(
                        "of the token",
                        bench -> ProofForge.spoilt(
                                bench,
                                proof -> CompactToken.parse(proof)
                                        .withSignature(bench.parts().signature())
                                        .compact()))
                .attack(
                        "over other claims",
                        bench -> ProofForge.spoilt(
                                bench,
                                proof -> CompactToken.parse(proof)
                                        .withPayload(bench.parts().payload())
                                        .compact()))
                .build();
    }

    private static AttackRow l10() {
        return row(
                        "L10",
                        "Only the holder of its key may use a token",
                        "RFC 9449 §6.1",
                        invalidToken("BINDING_MISMATCH"))
                .under(GuardProfile.PUBLIC_ADDRESS)
                .attack("the proof of another key", bench -> {
                    String token = ProofForge.boundToken(bench).sign();
                    TestKey thief = bench.attackersKey(TestAlgorithm.ES256);
                    return ProofForge.present(token)
                            .header(
                                    "DPoP",
                                    ProofForge.proof(bench, thief, token).sign());
                })
                .expecting(pass())
                .attack("members in another order", bench -> {
                    List<Map.Entry<String, Object>> members = new ArrayList<>(
                            DpopProofBuilder.publicJwkOf(ProofForge.holder()).entrySet());
                    Collections.reverse(members);
                    Map<String, Object> reversed = new LinkedHashMap<>();
                    members.forEach(member -> reversed.put(member.getKey(), member.getValue()));
                    return jwk(bench, reversed);
                })
                .attack("further members", bench -> jwkWith(bench, "kid", "any"))
                .build();
    }
}
