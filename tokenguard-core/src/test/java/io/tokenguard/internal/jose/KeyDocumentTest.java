package io.tokenguard.internal.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which keys are published (RFC 7517 §4 and §5, RFC 7468), read one by one. */
class KeyDocumentTest {
    private static final TestKey RSA = TestKey.generate(TestAlgorithm.RS256, "one");
    private static final TestKey EC = TestKey.generate(TestAlgorithm.ES256, "two");

    private static List<PublishedKey> read(String document) throws MalformedException {
        return read(document, "", 3);
    }

    private static List<PublishedKey> read(String document, String name, int most) throws MalformedException {
        return KeyDocument.read(document.getBytes(UTF_8), name, most);
    }

    private static String pem(TestKey key) {
        return block("PUBLIC KEY", key.publicKey().getEncoded());
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    /** RFC 8017 §A.1.1: the key is what follows the algorithm and the head of the bit string. */
    private static String pkcs1(int bits, int head) {
        byte[] encoded = TestKey.rsa(bits, TestAlgorithm.RS256, "").publicKey().getEncoded();
        return block("RSA PUBLIC KEY", Arrays.copyOfRange(encoded, head, encoded.length));
    }

    private static void assertRefused(String document, boolean isBeyondLimit) {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> read(document))
                .satisfies(malformed -> assertThat(malformed.isBeyondLimit()).isEqualTo(isBeyondLimit));
    }

    /** Kinds of key that a JDK may lack: they are read by their encoding, whether a provider has them or not. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"ED448", "ES256K", "ML_DSA.*"})
    void pemHasKeysOfEachNewAlgorithm(SignatureAlgorithm algorithm) throws MalformedException {
        BouncyKey key = BouncyKey.generate(algorithm, "k");
        List<PublishedKey> read = read(block("PUBLIC KEY", key.publicKey().getEncoded()), "file", 1);
        assertThat(read).extracting(PublishedKey::keyId).containsExactly(JwkThumbprint.of(key.publicKey()), "file");
        byte[] signature = key.sign(new byte[] {1});
        SignatureEngine engine = SignatureEngines.by(new BouncyCastleProvider()).engine();
        assertThat(read).allSatisfy(published -> {
            assertThat(published.uses()).containsOnlyKeys(algorithm);
            assertThat(engine.verify(published.uses().get(algorithm), new byte[] {1}, signature))
                    .isTrue();
            assertThat(engine.verify(published.uses().get(algorithm), new byte[] {2}, signature))
                    .isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"ES256K", "ML_DSA.*"})
    void pemWithAShortenedKeyOfANewAlgorithmIsRefused(SignatureAlgorithm algorithm) throws MalformedException {
        byte[] encoded = BouncyKey.generate(algorithm, "k").publicKey().getEncoded();
        String text = block("PUBLIC KEY", Arrays.copyOf(encoded, encoded.length - 1));
        assertThat(read(text + pem(EC))).filteredOn(PublishedKey::isRefused).hasSize(1);
    }

    @Nested
    class InJson {
        @Test
        void isASet() throws MalformedException {
            assertThat(read("{\"keys\":[" + RSA.publicJwk() + "," + EC.publicJwk() + "]}"))
                    .extracting(PublishedKey::keyId)
                    .containsExactly("one", "two");
        }

        @Test
        void isOneKey() throws MalformedException {
            assertThat(read(RSA.publicJwk()).get(0).uses()).containsOnlyKeys(SignatureAlgorithm.RS256);
        }

        @Test
        void isOneKeyInACertificateOnly() throws MalformedException {
            String certificate = Base64.getEncoder()
                    .encodeToString(TestCertificate.selfSigned("signer").der());
            assertThat(read("{\"x5c\":[\"" + certificate + "\"]}").get(0).uses())
                    .containsOnlyKeys(SignatureAlgorithm.ES256);
        }

        @Test
        void isAMapOfKeyIdsToPem() throws MalformedException {
            assertThat(read(TestJson.write(Map.of("a", pem(RSA)))))
                    .extracting(PublishedKey::keyId)
                    .containsExactly(RSA.thumbprint(), "a");
        }

        @Test
        void hasNoMoreKeysThanAllowed() throws MalformedException {
            String pem = TestJson.write(Map.of("a", pem(EC), "b", pem(EC), "c", pem(EC)));
            assertThat(read(pem)).hasSize(6);
            assertRefused(TestJson.write(Map.of("a", pem(EC), "b", pem(EC), "c", pem(EC), "d", pem(EC))), true);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"a\":1}", "{\"a\":\"text\"}", "[]", "text", "", " ", "{\"keys\":1}"})
        void isNothingElse(String document) {
            assertRefused(document, false);
        }

        /** A text in JSON may hold PEM; the document is JSON all the same. */
        @ParameterizedTest
        @ValueSource(strings = {"", " \t\r\n"})
        void isNoPemThoughItHoldsSome(String space) {
            assertRefused(space + "[\"-----BEGIN PUBLIC KEY-----\"]", false);
            assertRefused(space + "{\"a\":[\"-----BEGIN PUBLIC KEY-----\"]}", false);
        }
    }

    @Nested
    class InPem {
        @Test
        void hasItsThumbprintAsKeyIdAndItsName() throws MalformedException {
            assertThat(read(pem(RSA), "file", 1))
                    .extracting(PublishedKey::keyId)
                    .containsExactly(RSA.thumbprint(), "file");
            assertThat(read(pem(RSA), "", 1)).extracting(PublishedKey::keyId).containsExactly(RSA.thumbprint());
            assertThat(read(pem(RSA), RSA.thumbprint(), 1)).hasSize(1);
        }

        @Test
        void hasNoNameThatNoTokenCanHave() throws MalformedException {
            assertThat(read(pem(RSA), "n".repeat(256), 1)).hasSize(2);
            assertThat(read(pem(RSA), "n".repeat(257), 1)).hasSize(1);
            assertThat(read(pkcs1(1024, 22), "n".repeat(256), 1).get(0).keyId()).hasSize(256);
            assertThat(read(pkcs1(1024, 22), "n".repeat(257), 1).get(0).keyId()).isEmpty();
        }

        @Test
        void serveWhatTheirKindCanUnderEachKeyId() throws MalformedException {
            assertThat(read(pem(EC), "file", 1)).allSatisfy(key -> {
                assertThat(key.uses()).containsOnlyKeys(SignatureAlgorithm.ES256);
                assertThat(key.uses().get(SignatureAlgorithm.ES256).publicKey()).isEqualTo(EC.publicKey());
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "# a comment\n", "\u00e9\n"})
        void mayHaveTextBeforeIt(String text) throws MalformedException {
            assertThat(read(text + pem(RSA))).hasSize(1);
        }

        @Test
        void mayHaveSeveralBlocks() throws MalformedException {
            assertThat(read(pem(RSA) + "between\n" + pem(EC)))
                    .extracting(PublishedKey::keyId)
                    .containsExactly(RSA.thumbprint(), EC.thumbprint());
        }

        @Test
        void hasNoMoreKeysThanAllowed() throws MalformedException {
            assertThat(read(pem(EC).repeat(6))).hasSize(6);
            assertRefused(pem(EC).repeat(7), true);
        }

        @Test
        void mayBeACertificate() throws MalformedException {
            TestCertificate certificate = TestCertificate.selfSigned("signer");
            for (String label : List.of("CERTIFICATE", "X509 CERTIFICATE")) {
                assertThat(read(block(label, certificate.der())).get(0).uses())
                        .containsOnlyKeys(SignatureAlgorithm.ES256);
            }
        }

        /** RFC 8017 §A.1.1. The head of the SubjectPublicKeyInfo depends on the lengths that it states. */
        @ParameterizedTest
        @CsvSource({"2048, 24", "4096, 24"})
        void mayBeAnRsaPublicKey(int bits, int head) throws MalformedException {
            assertThat(read(pkcs1(bits, head)).get(0).uses()).containsKey(SignatureAlgorithm.RS256);
        }

        @ParameterizedTest
        @CsvSource({"512, 20", "768, 20", "1024, 22", "1536, 22", "1808, 23"})
        void saysWhatIsWrongWithAnRsaPublicKeyOfAnyLength(int bits, int head) throws MalformedException {
            assertThat(read(pkcs1(bits, head)).get(0).flaw()).startsWith("RSA modulus is not");
        }

        @ParameterizedTest
        @ValueSource(strings = {"PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE", "SOMETHING"})
        void leavesOutWhatItCannotRead(String label) throws MalformedException {
            assertThat(read(block(label, new byte[] {1, 2, 3}) + pem(EC)))
                    .extracting(PublishedKey::isRefused)
                    .containsExactly(true, false);
        }

        @Test
        void leavesOutWhatIsTooLongOrNoBase64() throws MalformedException {
            String ofLimit = "-----BEGIN PUBLIC KEY-----" + "A".repeat(16_385) + "-----END PUBLIC KEY-----\n";
            String odd = "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----\n";
            assertThat(read(ofLimit + odd + pem(EC)))
                    .extracting(PublishedKey::flaw)
                    .containsExactly(
                            "no public key or certificate that is supported",
                            "no public key or certificate that is supported",
                            "");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "-----BEGIN PUBLIC KEY-----",
                    "-----BEGIN PUBLIC KEY-----\nAAAA",
                    "-----BEGIN ",
                    "-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----"
                })
        void isRefusedWithoutAnEnd(String document) {
            assertRefused(document, false);
        }

        @ParameterizedTest
        @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
        void isRefusedAsAWholeWithAPrivateKey(String label) {
            assertRefused(pem(EC) + block(label, new byte[] {1}), false);
        }
    }
}
