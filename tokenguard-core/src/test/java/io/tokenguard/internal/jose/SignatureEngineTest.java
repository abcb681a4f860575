package io.tokenguard.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignatureEngineTest {
    private static final byte[] SIGNED = "header.payload".getBytes(US_ASCII);
    private static final TestKey RSA = TestKey.generate(TestAlgorithm.RS256);

    private static final List<PreparedKey> BROKEN = List.of(
            (signed, signature) -> {
                throw new SignatureException("not a signature");
            },
            (signed, signature) -> {
                throw new IOException("not a sequence");
            },
            (signed, signature) -> {
                throw new IllegalStateException("provider");
            });

    /** A key that can do it; one RSA key does for all of its algorithms. */
    private static TestKey key(TestAlgorithm algorithm) {
        return algorithm.name().matches("[RP]S\\d+") ? RSA : TestKey.generate(algorithm);
    }

    private static VerificationKey verifying(TestKey key, TestAlgorithm algorithm) {
        return new VerificationKey(
                key.kid(), SignatureAlgorithm.named(algorithm.joseName()).orElseThrow(), key.publicKey());
    }

    @ParameterizedTest
    @EnumSource(value = TestAlgorithm.class, to = "ED25519")
    void knowsASignatureOfEveryAlgorithmFromEveryOther(TestAlgorithm algorithm) {
        TestKey key = key(algorithm);
        byte[] signature = key.sign(algorithm, SIGNED);
        assertThat(SignatureEngine.platform().verify(verifying(key, algorithm), SIGNED, signature))
                .isTrue();
        byte[] otherText = "header.Payload".getBytes(US_ASCII);
        assertThat(SignatureEngine.platform().verify(verifying(key, algorithm), otherText, signature))
                .isFalse();
        byte[] otherSignature = signature.clone();
        otherSignature[signature.length / 2] ^= 1;
        assertThat(SignatureEngine.platform().verify(verifying(key, algorithm), SIGNED, otherSignature))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = TestAlgorithm.class, to = "ED25519")
    void refusesSignaturesOfAnyOtherLengthOrRange(TestAlgorithm algorithm) {
        TestKey key = key(algorithm);
        byte[] signature = key.sign(algorithm, SIGNED);
        assertThat(SignatureEngine.platform().verify(verifying(key, algorithm), SIGNED, new byte[0]))
                .isFalse();
        assertThat(SignatureEngine.platform().verify(verifying(key, algorithm), SIGNED, new byte[signature.length]))
                .isFalse();
    }

    @Test
    void takesAProviderThatChokesForARefusal() {
        TestKey ec = TestKey.generate(TestAlgorithm.ES256);
        byte[] signature = ec.sign(TestAlgorithm.ES256, SIGNED);
        assertThat(SignatureEngine.platform().verify(verifying(ec, TestAlgorithm.RS256), SIGNED, signature))
                .isFalse();
    }

    /** CVE-2022-21449 was a provider of the platform that said yes to numbers out of range. */
    @Test
    void asksNoProviderAboutASignatureOutOfRange() {
        TestKey ec = TestKey.generate(TestAlgorithm.ES256);
        BigInteger order = ((ECPublicKey) ec.publicKey()).getParams().getOrder();
        byte[] inRange =
                ByteBuffer.allocate(64).put(31, (byte) 1).put(63, (byte) 1).array();
        byte[] outOfRange = ByteBuffer.allocate(64)
                .put(31, (byte) 1)
                .put(32, order.add(BigInteger.ONE).toByteArray(), 1, 32)
                .array();
        new GullibleProvider("SunEC").standFirstDuring(() -> {
            assertThat(SignatureEngine.platform().verify(verifying(ec, TestAlgorithm.ES256), SIGNED, inRange))
                    .isTrue();
            assertThat(SignatureEngine.platform().verify(verifying(ec, TestAlgorithm.ES256), SIGNED, outOfRange))
                    .isFalse();
        });
    }

    @Test
    void asksNobodyAboutASignatureOutOfRangeOfAKeyThatIsUsedOnceEither() {
        TestKey ec = TestKey.generate(TestAlgorithm.ES256);
        VerificationKey key = verifying(ec, TestAlgorithm.ES256);
        SignatureEngine gullible =
                new SignatureEngine(Map.of(SignatureAlgorithm.ES256, new FixedScheme((signed, signature) -> true)));
        assertThat(gullible.verifyOnce(key, SIGNED, ec.sign(TestAlgorithm.ES256, SIGNED)))
                .isTrue();
        assertThat(gullible.verifyOnce(key, SIGNED, new byte[64])).isFalse();
        assertThat(gullible.verify(key, SIGNED, new byte[64])).isFalse();
    }

    @Test
    void takesWhatBreaksForARefusal() {
        TestKey ec = TestKey.generate(TestAlgorithm.ES256);
        VerificationKey key = verifying(ec, TestAlgorithm.ES256);
        byte[] good = ec.sign(TestAlgorithm.ES256, SIGNED);
        for (PreparedKey broken : BROKEN) {
            SignatureEngine engine = new SignatureEngine(Map.of(SignatureAlgorithm.ES256, new FixedScheme(broken)));
            assertThat(engine.verify(key, SIGNED, good)).isFalse();
            assertThat(engine.verifyOnce(key, SIGNED, good)).isFalse();
        }
    }

    /** RFC 8017 §8.2.2, step 4. */
    @Test
    void takesNoProvidersWordForTheEncodingOfAnRsaSignature() {
        new GullibleProvider("SunRsaSign")
                .standFirstDuring(() -> assertThat(SignatureEngine.platform()
                                .verify(verifying(RSA, TestAlgorithm.RS256), SIGNED, new byte[256]))
                        .isFalse());
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "PS256", "PS384", "PS512", "ES256", "ED25519"})
    void asksThePlatformWhateverStandsBeforeIt(TestAlgorithm algorithm) {
        TestKey key = key(algorithm);
        byte[] signature = key.sign(algorithm, SIGNED);
        byte[] otherText = "header.Payload".getBytes(US_ASCII);
        new GullibleProvider("Gullible").standFirstDuring(() -> {
            assertThat(SignatureEngine.platform().verify(verifying(key, algorithm), SIGNED, signature))
                    .isTrue();
            assertThat(SignatureEngine.platform().verify(verifying(key, algorithm), otherText, signature))
                    .isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_NONE,
            names = {"ES256K", "ML_DSA.*"})
    void findsEveryAlgorithmInTheJvmsThatItIsMadeFor(SignatureAlgorithm algorithm) {
        assertThat(SignatureEngine.platform().covers(algorithm)).isTrue();
    }

    /** The examples of the specifications. */
    @Nested
    class Examples {
        private static final String JOE =
                "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

        private static boolean verify(String jwk, SignatureAlgorithm algorithm, String token)
                throws MalformedException {
            PublishedKey published = JwkReader.readSet(
                            ("{\"keys\":[" + jwk.replace('\'', '"') + "]}").getBytes(US_ASCII), 1)
                    .get(0);
            int dot = token.lastIndexOf('.');
            byte[] signature = Base64Url.decode(token, dot + 1, token.length());
            return SignatureEngine.platform()
                    .verify(
                            published.uses().get(algorithm),
                            token.substring(0, dot).getBytes(US_ASCII),
                            signature);
        }

        @Test
        void ofRfc7515AppendixA2() throws MalformedException {
            String jwk = "{'kty':'RSA','e':'AQAB','n':'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp"
                    + "-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-"
                    + "bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5"
                    + "IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ'}";
            String token = "eyJhbGciOiJSUzI1NiJ9." + JOE
                    + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbd"
                    + "s9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZR"
                    + "mB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98"
                    + "rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
            assertThat(verify(jwk, SignatureAlgorithm.RS256, token)).isTrue();
            assertThat(verify(jwk, SignatureAlgorithm.PS256, token)).isFalse();
        }

        @Test
        void ofRfc7515AppendixA3() throws MalformedException {
            String jwk = "{'kty':'EC','crv':'P-256','x':'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',"
                    + "'y':'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0'}";
            String token = "eyJhbGciOiJFUzI1NiJ9." + JOE
                    + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
            assertThat(verify(jwk, SignatureAlgorithm.ES256, token)).isTrue();
        }

        @Test
        void ofRfc8037AppendixA4() throws MalformedException {
            String jwk = "{'kty':'OKP','crv':'Ed25519','x':'11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'}";
            String token = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
                    + ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
            assertThat(verify(jwk, SignatureAlgorithm.ED25519, token)).isTrue();
        }
    }
}
