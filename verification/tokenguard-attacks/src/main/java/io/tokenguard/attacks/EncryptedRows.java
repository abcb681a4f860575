package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEncryption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Stage H: encrypted tokens. Everybody can encrypt for the API: its public keys are public. */
final class EncryptedRows {
    private static final Expectation FAILED = invalidToken("DECRYPTION_FAILED");
    private static final List<String> CONTENTS = List.of("A128GCM", "A256GCM", "A128CBC-HS256", "A256CBC-HS512");

    private EncryptedRows() {}

    static List<AttackRow> rows() {
        return Stream.of(h1(), h3(), h4(), h5(), h6(), h7(), h8(), h9(), h10(), h11(), h12())
                .map(AttackRow.Builder::build)
                .toList();
    }

    private static AttackRow.Builder decrypting(String id, String sentence, String source, Expectation expected) {
        return row(id, sentence, source, expected).under(GuardProfile.DECRYPTING);
    }

    private static String good(AttackBench bench) {
        return bench.token().sign();
    }

    private static AttackRow.Builder h1() {
        return decrypting(
                        "H1",
                        "Encryption is no proof of origin: what is inside must be signed",
                        "CVE-2026-29000, CVE-2023-51774",
                        invalidToken("ALGORITHM_NOT_ALLOWED"))
                .token(
                        "an unsecured token",
                        bench -> ApiKeys.RSA.encrypt(bench.token().unsigned("none")))
                .token(
                        "a token with a public key as secret",
                        bench -> ApiKeys.EC.encrypt(bench.token()
                                .signWith(
                                        AttackKeys.attacker(TestAlgorithm.RS256)
                                                .publicKey()
                                                .getEncoded(),
                                        "HS256")))
                .expecting(invalidToken("TOKEN_MALFORMED"))
                .token("bare claims", bench -> ApiKeys.RSA.encrypt(bench.token().payloadJson()))
                .token("nothing", bench -> ApiKeys.RSA.encrypt(" "))
                .token("an opaque text", bench -> ApiKeys.EC.encrypt("let-me-in"))
                .expecting(invalidToken("SIGNATURE_INVALID"))
                .token(
                        "a token of a stranger's key",
                        bench -> ApiKeys.EC.encrypt(bench.token()
                                .key(bench.attackersKey(TestAlgorithm.ES256))
                                .header("kid", bench.key(TestAlgorithm.ES256).kid())
                                .sign()))
                .expecting(pass())
                .token("a signed token, RSA", bench -> ApiKeys.RSA.encrypt(good(bench)))
                .tokenWithEach(
                        "a signed token, ECDH-ES,",
                        CONTENTS,
                        (bench, content) -> ApiKeys.EC.with("ECDH-ES", content).encrypt(good(bench)));
    }

    private static AttackRow.Builder h3() {
        return decrypting(
                        "H3",
                        "Weak ways to carry a key are refused by name",
                        "GHSA-jgvc-jfgh-rjvv, CVE-2026-28490",
                        FAILED)
                .tokenWithEach(
                        "encrypted by",
                        List.of("RSA1_5", "RSA-OAEP"),
                        (bench, name) -> ApiKeys.RSA.with(name, "A256GCM").encrypt(good(bench)))
                .tokenWithEach(
                        "renamed to",
                        List.of(
                                "RSA1_5",
                                "RSA-OAEP",
                                "dir",
                                "A256KW",
                                "A128GCMKW",
                                "ECDH-ES+A128KW",
                                "rsa-oaep-256",
                                ""),
                        (bench, name) -> withHeader(ApiKeys.RSA.encrypt(good(bench)), Map.of("alg", name)));
    }

    private static AttackRow.Builder h4() {
        return decrypting(
                        "H4",
                        "A rewritten header fails: it is authenticated with the content",
                        "GHSA-jgvc-jfgh-rjvv",
                        FAILED)
                .token("another enc", bench -> withHeader(ApiKeys.RSA.encrypt(good(bench)), Map.of("enc", "A128GCM")))
                .token("a further parameter", bench -> withHeader(ApiKeys.RSA.encrypt(good(bench)), Map.of("x", "y")))
                .token("another apu", bench -> withHeader(ApiKeys.EC.encrypt(good(bench)), Map.of("apu", "QWxpY2U")))
                .token(
                        "key agreement becomes key wrap",
                        bench -> withHeader(ApiKeys.EC.encrypt(good(bench)), Map.of("alg", "ECDH-ES+A256KW")));
    }

    private static AttackRow.Builder h5() {
        return decrypting(
                        "H5",
                        "No sender chooses how long a password is hashed",
                        "CVE-2023-51775, CVE-2023-52428, CVE-2022-36083",
                        FAILED)
                .tokenWithEach(
                        "p2c",
                        List.of("1", "1000000", "2147483647", "99999999999"),
                        (bench, count) -> withHeader(
                                ApiKeys.RSA.encrypt(good(bench)),
                                Map.of(
                                        "alg",
                                        "PBES2-HS256+A128KW",
                                        "p2s",
                                        "c2FsdHNhbHQ",
                                        "p2c",
                                        Long.parseLong(count))));
    }

    private static AttackRow.Builder h6() {
        return decrypting("H6", "Nothing is decompressed", "CVE-2024-29371, CVE-2024-28180, CVE-2024-28176", FAILED)
                .token(
                        "a megabyte in a kilobyte",
                        bench -> ApiKeys.RSA.header("zip", "DEF").encrypt("a".repeat(1_000_000)))
                .token("a good token", bench -> ApiKeys.EC.header("zip", "DEF").encrypt(good(bench)))
                .token(
                        "a critical extension",
                        bench -> ApiKeys.EC.header("crit", List.of("exp")).encrypt(good(bench)));
    }

    private static AttackRow.Builder h7() {
        AttackRow.Builder row = decrypting(
                "H7", "A sender's point must be on the curve of the key", "CVE-2017-16007, RFC 8725 §3.4", FAILED);
        point("off the curve", row, Map.of("kty", "EC", "crv", "P-256", "x", zeros(42) + "E", "y", zeros(42) + "E"));
        point("zero", row, Map.of("kty", "EC", "crv", "P-256", "x", zeros(43), "y", zeros(43)));
        point("too short", row, Map.of("kty", "EC", "crv", "P-256", "x", "AQ", "y", "Ag"));
        point("on no curve", row, Map.of("kty", "EC", "crv", "P-257", "x", zeros(43), "y", zeros(43)));
        point("a secret", row, Map.of("kty", "oct", "k", zeros(43)));
        return row.token("missing", bench -> ApiKeys.EC.encrypt(good(bench)).replaceFirst("^[^.]*", plain()))
                .token(
                        "on another curve",
                        bench -> withHeader(
                                ApiKeys.EC.encrypt(good(bench)),
                                Map.of("epk", bench.key(TestAlgorithm.ES384).publicJwkMembers())))
                .token(
                        "another one on the curve",
                        bench -> withHeader(
                                ApiKeys.EC.encrypt(good(bench)),
                                Map.of("epk", bench.key(TestAlgorithm.ES256).publicJwkMembers())));
    }

    private static void point(String variant, AttackRow.Builder row, Map<String, Object> point) {
        row.token(variant, bench -> withHeader(ApiKeys.EC.encrypt(good(bench)), Map.of("epk", point)));
    }

    private static String zeros(int characters) {
        return "A".repeat(characters);
    }

    private static String plain() {
        return JweForge.header("{\"alg\":\"ECDH-ES\",\"enc\":\"A128CBC-HS256\"}");
    }

    private static AttackRow.Builder h8() {
        AttackRow.Builder row =
                decrypting("H8", "Every part has its one length", "RFC 7518 §5.2, §5.3, Wycheproof", FAILED);
        for (TestEncryption key : List.of(ApiKeys.RSA, ApiKeys.EC)) {
            for (int part = 1; part < 5; part++) {
                int index = part;
                String name = key == ApiKeys.RSA ? "RSA" : "EC";
                row.token(
                                name + ", part " + part + " empty, or not",
                                bench -> JweForge.emptiedOrFilled(key.encrypt(good(bench)), index))
                        .token(name + ", part " + part + " cut", bench -> JweForge.cut(key.encrypt(good(bench)), index))
                        .token(
                                name + ", part " + part + " longer",
                                bench -> JweForge.longer(key.encrypt(good(bench)), index));
            }
        }
        return row;
    }

    private static AttackRow.Builder h9() {
        AttackRow.Builder row = decrypting(
                "H9", "Wrong key, wrong tag and wrong padding fail alike", "RFC 7516 §11.5, Vaudenay, Manger", FAILED);
        for (String content : CONTENTS) {
            for (String algorithm : List.of("RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW")) {
                TestEncryption encryption =
                        (algorithm.startsWith("RSA") ? ApiKeys.RSA : ApiKeys.EC).with(algorithm, content);
                // With ECDH-ES, the first part after the header is empty.
                for (int part = algorithm.equals("ECDH-ES") ? 2 : 1; part < 5; part++) {
                    int index = part;
                    row.token(
                            algorithm + " " + content + ", part " + part + " changed",
                            bench -> JweForge.changed(encryption.encrypt(good(bench)), index));
                }
            }
        }
        return row.token(
                "two tokens spliced",
                bench -> JweForge.spliced(ApiKeys.RSA.encrypt(good(bench)), ApiKeys.RSA.encrypt(good(bench))));
    }

    private static AttackRow.Builder h10() {
        return decrypting(
                        "H10", "Nothing encrypted is accepted inside", "RFC 8725 §2.5", invalidToken("TOKEN_ENCRYPTED"))
                .token("nested twice", bench -> ApiKeys.RSA.encrypt(ApiKeys.EC.encrypt(good(bench))))
                .expecting(invalidToken("TOKEN_ENCRYPTED", "TOKEN_TOO_LARGE"))
                .token(
                        "nested four times",
                        bench -> ApiKeys.EC.encrypt(
                                ApiKeys.EC.encrypt(ApiKeys.EC.encrypt(ApiKeys.EC.encrypt(good(bench))))))
                .expecting(invalidToken("TOKEN_ENCRYPTED"))
                .token("the form only", bench -> ApiKeys.EC.encrypt("a.b.c.d.e"));
    }

    private static AttackRow.Builder h11() {
        return decrypting("H11", "Only the API's own keys decrypt", "RFC 7516 §4.1.6", FAILED)
                .token("a foreign RSA key", bench -> ApiKeys.FOREIGN_RSA.encrypt(good(bench)))
                .token("a foreign EC key", bench -> ApiKeys.FOREIGN_EC.encrypt(good(bench)))
                .token(
                        "a foreign RSA key by our name",
                        bench -> ApiKeys.FOREIGN_RSA
                                .header("kid", ApiKeys.RSA.kid())
                                .encrypt(good(bench)))
                .token(
                        "a foreign EC key without a name",
                        bench -> ApiKeys.FOREIGN_EC.withoutHeader("kid").encrypt(good(bench)))
                .token(
                        "our key by a foreign name",
                        bench -> ApiKeys.RSA.header("kid", "other").encrypt(good(bench)))
                .token(
                        "our EC key's name for RSA",
                        bench -> ApiKeys.RSA.header("kid", ApiKeys.EC.kid()).encrypt(good(bench)))
                .token(
                        "a kid that is no text",
                        bench -> ApiKeys.RSA
                                .header("kid", List.of(ApiKeys.RSA.kid()))
                                .encrypt(good(bench)))
                .expecting(pass())
                .token(
                        "our RSA key without a name",
                        bench -> ApiKeys.RSA.withoutHeader("kid").encrypt(good(bench)));
    }

    private static AttackRow.Builder h12() {
        return decrypting("H12", "A long token is not decrypted", "RFC 8725 §2.4", invalidToken("TOKEN_TOO_LARGE"))
                .token("too long outside", bench -> ApiKeys.RSA.encrypt("a".repeat(30_000)))
                .expecting(invalidToken("TOKEN_MALFORMED"))
                .token("long inside", bench -> ApiKeys.RSA.encrypt("a".repeat(15_000)))
                .expecting(FAILED)
                .token(
                        "a header too long",
                        bench -> ApiKeys.RSA.header("x", "a".repeat(9_000)).encrypt(good(bench)));
    }

    private static String withHeader(String token, Map<String, Object> changes) {
        return JweForge.withHeader(token, changes);
    }
}
