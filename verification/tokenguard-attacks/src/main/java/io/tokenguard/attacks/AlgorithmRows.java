package io.tokenguard.attacks;

import static io.tokenguard.attacks.AttackRow.row;
import static io.tokenguard.attacks.Expectation.invalidToken;
import static io.tokenguard.attacks.Expectation.pass;

import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Stage E: who chooses the algorithm, and of which key. */
final class AlgorithmRows {
    private static final Expectation NOT_ALLOWED = invalidToken("ALGORITHM_NOT_ALLOWED");
    private static final List<String> HMACS = List.of("HS256", "HS384", "HS512");
    static final List<String> COMMON_SECRETS = List.of(
            "secret",
            "Secret",
            "SECRET",
            "secretkey",
            "secret-key",
            "secret_key",
            "mysecret",
            "my-secret",
            "topsecret",
            "changeme",
            "changeit",
            "password",
            "Password1",
            "passw0rd",
            "123456",
            "12345678",
            "1234567890",
            "qwerty",
            "admin",
            "root",
            "test",
            "testing",
            "key",
            "private",
            "public",
            "jwt",
            "jwtsecret",
            "jwt_secret",
            "token",
            "default",
            "example",
            "hello",
            "null",
            "undefined",
            "none",
            "api",
            "issuer",
            "letmein",
            "abc123",
            "00000000",
            "your-256-bit-secret",
            "your-384-bit-secret",
            "your-512-bit-secret",
            "a",
            "AllYourBase",
            "gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr9C");

    private AlgorithmRows() {}

    static List<AttackRow> rows() {
        return List.of(e1(), e2(), e3(), e4(), e5(), e10(), e28());
    }

    private static AttackRow e1() {
        List<String> names = List.of("none", "None", "NONE", "nOnE", "nonE", " none", "none ");
        return row("E1", "A token without a signature is no token", "CVE-2015-9235; RFC 8725 §3.1", NOT_ALLOWED)
                .tokenWithEach(
                        "with the signature of another token,",
                        names,
                        (bench, name) -> CompactToken.parse(bench.token().unsigned(name))
                                .withSignature(bench.parts().signature())
                                .compact())
                .tokenWithEach(
                        "with a signature over it,",
                        names,
                        (bench, name) -> bench.token().header("alg", name).sign())
                .tokenWithEach(
                        "with zeros,",
                        names,
                        (bench, name) -> CompactToken.parse(bench.token().unsigned(name))
                                .withSignature(new byte[64])
                                .compact())
                .token(
                        "without a kid",
                        bench -> bench.token()
                                .header("alg", "none")
                                .withoutHeader("kid")
                                .sign())
                .expecting(invalidToken("ALGORITHM_NOT_ALLOWED", "TOKEN_MALFORMED"))
                .tokenWithEach(
                        "with an empty signature,",
                        names,
                        (bench, name) -> bench.token().unsigned(name))
                .build();
    }

    private static AttackRow e2() {
        return row("E2", "The algorithm is named by one text", "RFC 7515 §4.1.1", invalidToken("HEADER_REJECTED"))
                .token("missing", bench -> bench.token().withoutHeader("alg").sign())
                .token("null", bench -> bench.token().header("alg", null).sign())
                .token("number", bench -> bench.token().header("alg", 256).sign())
                .token("true", bench -> bench.token().header("alg", true).sign())
                .token(
                        "list",
                        bench -> bench.token().header("alg", List.of("ES256")).sign())
                .token(
                        "list with none first",
                        bench -> bench.token()
                                .header("alg", List.of("none", "ES256"))
                                .sign())
                .token(
                        "object",
                        bench -> bench.token()
                                .header("alg", Map.of("alg", "ES256"))
                                .sign())
                .token("empty", bench -> bench.token().header("alg", "").sign())
                .token(
                        "under another name",
                        bench -> bench.token()
                                .withoutHeader("alg")
                                .header("ALG", "ES256")
                                .sign())
                .build();
    }

    private static AttackRow e3() {
        List<String> names = List.of(
                "es256",
                "Es256",
                "ES-256",
                "ES_256",
                " ES256",
                "ES256 ",
                "ES256\u0000",
                "ES256\n",
                "\uff25\uff33256",
                "\u0395S256",
                "SHA256withECDSA",
                "ecdsa-sha256",
                "1.2.840.10045.4.3.2",
                "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
                "ES256,none",
                "ES256;none",
                "-7");
        return row("E3", "The algorithm is spelt to the letter", "RFC 7515 §4.1.1", NOT_ALLOWED)
                .tokenWithEach(
                        "",
                        names,
                        (bench, name) -> bench.token().header("alg", name).sign())
                .tokenOfEach(
                        "small letters",
                        (bench, algorithm) -> bench.token(algorithm)
                                .header("alg", algorithm.joseName().toLowerCase(Locale.ROOT))
                                .sign())
                .build();
    }

    private static AttackRow e4() {
        AttackRow.Builder row = row(
                "E4",
                "A public key is never taken for a shared secret",
                "CVE-2016-10555, CVE-2016-5431, CVE-2022-29217",
                NOT_ALLOWED);
        for (TestAlgorithm algorithm : List.of(TestAlgorithm.RS256, TestAlgorithm.ES256, TestAlgorithm.EDDSA)) {
            secretsMadeOf(AttackKeys.issuer(algorithm)).forEach((form, secret) -> {
                row.tokenWithEach(
                        algorithm.joseName() + " key as " + form + ",",
                        HMACS,
                        (bench, hmac) -> bench.token(algorithm).signWith(secret, hmac));
            });
        }
        return row.build();
    }

    /** The texts of a public key that a library might take for a secret, by their form. */
    static Map<String, byte[]> secretsMadeOf(TestKey key) {
        byte[] der = key.publicKey().getEncoded();
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----";
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        secrets.put("PEM", bytes(pem + "\n"));
        secrets.put("PEM without a last line break", bytes(pem));
        secrets.put("PEM with leading white space", bytes(" \n" + pem));
        secrets.put("PEM with CRLF", bytes(pem.replace("\n", "\r\n")));
        secrets.put("base64", bytes(body.replace("\n", "")));
        secrets.put("DER", der);
        secrets.put("JWK", bytes(key.publicJwk()));
        if (key.publicKey() instanceof RSAPublicKey rsa) {
            secrets.put("modulus", rsa.getModulus().toByteArray());
            secrets.put("modulus without sign", Numbers.unsigned(rsa.getModulus()));
            secrets.put("modulus in decimals", bytes(rsa.getModulus().toString()));
        }
        return secrets;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static AttackRow e5() {
        return row("E5", "No shared secret opens anything, guessable or not", "CVE-2019-20933", NOT_ALLOWED)
                .tokenWithEach(
                        "HS256 with",
                        COMMON_SECRETS,
                        (bench, secret) -> bench.token().signWith(bytes(secret), "HS256"))
                .tokenWithEach(
                        "empty secret,", HMACS, (bench, hmac) -> bench.token().signWith(new byte[0], hmac))
                .tokenWithEach(
                        "32 zeros,", HMACS, (bench, hmac) -> bench.token().signWith(new byte[32], hmac))
                .token(
                        "without a kid",
                        bench -> bench.token().withoutHeader("kid").signWith(bytes("secret"), "HS256"))
                .build();
    }

    private static AttackRow e10() {
        return row(
                        "E10",
                        "Only what was agreed with the issuer is accepted, whatever keys it publishes",
                        "RFC 8725 §3.1",
                        NOT_ALLOWED)
                .under(GuardProfile.ES256_ONLY)
                .tokenOfEach(
                        "not agreed",
                        notEs256(),
                        (bench, algorithm) -> bench.token(algorithm).sign())
                .tokenOfEach(
                        "not agreed and naming the agreed key",
                        notEs256(),
                        (bench, algorithm) -> bench.token(algorithm)
                                .header("kid", bench.key(TestAlgorithm.ES256).kid())
                                .sign())
                .expecting(pass())
                .token("agreed", bench -> bench.token(TestAlgorithm.ES256).sign())
                .build();
    }

    private static List<TestAlgorithm> notEs256() {
        return TestAlgorithm.defaults().stream()
                .filter(algorithm -> algorithm != TestAlgorithm.ES256)
                .toList();
    }

    private static AttackRow e28() {
        List<String> names = List.of(
                "ML-DSA-44",
                "ML-DSA-65",
                "ESB256",
                "ES256K",
                "Ed448",
                "ESP256",
                "RS1",
                "HS1",
                "PS128",
                "A128KW",
                "dir",
                "RSA-OAEP",
                "ES257",
                "RS255",
                "MD5withRSA",
                "HS256/64",
                "SLH-DSA-SHA2-128s");
        return row(
                        "E28",
                        "An algorithm that has no constant here is not looked up anywhere",
                        "RFC 8725 §3.1",
                        NOT_ALLOWED)
                .tokenWithEach(
                        "",
                        names,
                        (bench, name) -> bench.token().header("alg", name).sign())
                .build();
    }
}
