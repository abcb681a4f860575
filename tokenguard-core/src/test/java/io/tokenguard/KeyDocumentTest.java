package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestCertificate;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which keys are published, and which key a token gets. */
class KeyDocumentTest {
    private static final TestKey RSA = TestKey.generate(TestAlgorithm.RS256, "one");
    private static final TestKey OTHER_RSA = TestKey.generate(TestAlgorithm.RS256, "one");
    private static final TestKey EC = TestKey.generate(TestAlgorithm.ES256, "one");

    private final KeyDrill drill = KeyDrill.addressed();

    @AfterEach
    void stop() {
        drill.close();
    }

    @BeforeEach
    void clear() {
        RecordedLog.clear();
    }

    private static String pem(TestKey key) {
        return pem("PUBLIC KEY", key.publicKey().getEncoded());
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    private static String setOf(String... jwks) {
        return "{\"keys\":[" + String.join(",", jwks) + "]}";
    }

    private static String without(String member, TestKey key) {
        Map<String, Object> members = new LinkedHashMap<>(key.publicJwkMembers());
        members.remove(member);
        return TestJson.write(members);
    }

    /** Publishes a document, and judges a token by a key; the token names the key unless its kid is empty. */
    private RefusalReason judge(String document, TestKey key) {
        drill.answer(Fault.body(document));
        return judge(drill.guard, key);
    }

    private RefusalReason judge(TokenGuard guard, TestKey key) {
        var token = drill.issuer.token().key(key);
        String compact = (key.kid().isEmpty() ? token.withoutHeader("kid") : token).sign();
        RefusalReason reason = reasonOf(guard.decide(bearing(compact)));
        KeyDrill.settle(guard);
        return reason;
    }

    @Nested
    class AtAnAddress {
        @ParameterizedTest
        @EnumSource(
                value = TestAlgorithm.class,
                names = {"RS256", "ES256", "ES384", "ES512", "EDDSA"})
        void mayBeAMapOfKeyIdsToPem(TestAlgorithm algorithm) {
            TestKey key = TestKey.generate(algorithm, "one");
            assertThat(judge(TestJson.write(Map.of("one", pem(key), "two", pem(EC))), key))
                    .isNull();
        }

        @Test
        void mayBeAMapOfKeyIdsToCertificates() throws IOException {
            TestCertificate certificate = TestCertificate.selfSigned("signer");
            String map = TestJson.write(Map.of("one", certificate.pem()));
            assertThat(judge(map, EC)).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }

        @Test
        void mayBeOneJwk() {
            assertThat(judge(RSA.publicJwk(), RSA)).isNull();
        }

        @Test
        void mayBePemUnderItsThumbprint() {
            assertThat(judge("# the key of the issuer\n" + pem(RSA), RSA.withKid(RSA.thumbprint())))
                    .isNull();
        }

        /** RFC 8017 §A.1.1: a SubjectPublicKeyInfo of a 2 048-bit key has 24 bytes before it. */
        @Test
        void mayBePemOfPkcs1() {
            byte[] encoded = RSA.publicKey().getEncoded();
            String pkcs1 = pem("RSA PUBLIC KEY", Arrays.copyOfRange(encoded, 24, encoded.length));
            assertThat(judge(pkcs1, RSA.withKid(RSA.thumbprint()))).isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"one\":1}",
                    "{\"one\":\"text\"}",
                    "[]",
                    "-----BEGIN PUBLIC KEY-----",
                    "-----BEGIN PUBLIC KEY-----\n????\n-----END PUBLIC KEY-----",
                    "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----",
                    "<html>not found</html>"
                })
        void isNothingElse(String document) {
            assertThat(judge(document, RSA)).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @Nested
    class WithACertificateOnly {
        private String jwk(String keyType) {
            String certificate = Base64.getEncoder()
                    .encodeToString(TestCertificate.selfSigned("signer").der());
            return "{\"kid\":\"one\",\"x5c\":[\"" + certificate + "\"]" + keyType + "}";
        }

        /** The key is known and checked: a signature by another one is refused as such. */
        @ParameterizedTest
        @ValueSource(strings = {"", ",\"kty\":\"EC\",\"use\":\"sig\""})
        void isUsed(String members) {
            assertThat(judge(setOf(jwk(members)), EC)).isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }

        @Test
        void verifiesTheTokensOfItsKey() {
            TestCertificate certificate = TestCertificate.selfSigned("signer");
            String x5c = Base64.getEncoder().encodeToString(certificate.der());
            assertThat(judge(
                            setOf("{\"kid\":\"one\",\"x5c\":[\"" + x5c + "\"]}"),
                            certificate.key().withKid("one")))
                    .isNull();
        }

        @Test
        void isNotUsedForAnotherKeyTypeThanStated() {
            assertThat(judge(setOf(jwk(",\"kty\":\"RSA\""), RSA.withKid("two").publicJwk()), EC))
                    .isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @Nested
    class UnderOneKeyId {
        @Test
        void identicalEntriesAreOneKey() {
            assertThat(judge(setOf(RSA.publicJwk(), RSA.publicJwk(), RSA.publicJwkWithoutAlg()), RSA))
                    .isNull();
        }

        @Test
        void theTypeDecides() {
            String set = setOf(RSA.publicJwk(), EC.publicJwk());
            assertThat(judge(set, RSA)).isNull();
            assertThat(judge(set, EC)).isNull();
        }

        @Test
        void theAlgorithmDecides() {
            TestKey other = TestKey.generate(TestAlgorithm.RS512, "one");
            assertThat(judge(setOf(other.publicJwk(), RSA.publicJwk()), RSA)).isNull();
        }

        @Test
        void theUseDecides() {
            Map<String, Object> encryption = new LinkedHashMap<>(OTHER_RSA.publicJwkMembers());
            encryption.put("use", "enc");
            encryption.remove("alg");
            assertThat(judge(setOf(TestJson.write(encryption), without("alg", RSA)), RSA))
                    .isNull();
        }

        @Test
        void theOperationsDecide() {
            Map<String, Object> other = new LinkedHashMap<>(OTHER_RSA.publicJwkMembers());
            other.put("key_ops", List.of("encrypt"));
            other.remove("use");
            assertThat(judge(setOf(TestJson.write(other), RSA.publicJwk()), RSA))
                    .isNull();
        }

        @Test
        void theCurveDecides() {
            TestKey other = TestKey.generate(TestAlgorithm.ES384, "one");
            assertThat(judge(setOf(without("alg", other), without("alg", EC)), EC))
                    .isNull();
        }

        @Test
        void whatIsStillAmbiguousIsRefusedAndWarnedOf() {
            assertThat(judge(setOf(RSA.publicJwk(), OTHER_RSA.publicJwk(), EC.publicJwk()), RSA))
                    .isEqualTo(RefusalReason.KEY_AMBIGUOUS);
            assertThat(RecordedLog.recent().toString()).contains("kid one: several different keys");
            assertThat(judge(drill.guard, EC)).isNull();
        }
    }

    @Nested
    class WithoutAKeyId {
        @Test
        void identicalEntriesAreOneKey() {
            String set = setOf(RSA.publicJwk(), RSA.withKid("two").publicJwk());
            assertThat(judge(set, RSA.withKid(""))).isNull();
        }

        @Test
        void theAlgorithmMayLeaveOne() {
            assertThat(judge(setOf(RSA.publicJwk(), EC.publicJwk()), EC.withKid("")))
                    .isNull();
        }
    }

    @Nested
    class InFiles {
        @TempDir
        private Path folder;

        private TokenGuard guard(Path path) {
            return drill.describe(issuer -> issuer.keysFrom(path)).build();
        }

        @ParameterizedTest
        @ValueSource(strings = {"one", "thumbprint"})
        void pemHasTheNameOfItsFileAndItsThumbprint(String kid) throws IOException {
            Path file = Files.writeString(folder.resolve("one.pem"), pem(RSA));
            try (TokenGuard guard = guard(file)) {
                assertThat(judge(guard, RSA.withKid(kid.equals("one") ? kid : RSA.thumbprint())))
                        .isNull();
                assertThat(judge(guard, RSA.withKid(""))).isNull();
            }
        }

        @Test
        void severalKeysOfOnePemHaveTheirThumbprints() throws IOException {
            Path file = Files.writeString(folder.resolve("keys.pem"), pem(RSA) + pem(OTHER_RSA) + pem(EC));
            try (TokenGuard guard = guard(file)) {
                for (TestKey key : List.of(RSA, OTHER_RSA, EC)) {
                    assertThat(judge(guard, key.withKid(key.thumbprint()))).isNull();
                }
            }
        }

        @Test
        void aFolderHasTheKeysOfAllItsFiles() throws IOException {
            Files.writeString(folder.resolve("one.pem"), pem(RSA));
            Files.writeString(folder.resolve("two.json"), EC.withKid("two").publicJwk());
            Files.writeString(folder.resolve(".hidden"), "not a key");
            try (TokenGuard guard = guard(folder)) {
                assertThat(judge(guard, RSA)).isNull();
                assertThat(judge(guard, EC.withKid("two"))).isNull();
            }
        }

        @Test
        void changesAreNoticedWithinTenSeconds() throws IOException {
            Path file = Files.writeString(folder.resolve("keys.json"), setOf(RSA.publicJwk()));
            try (TokenGuard guard = guard(file)) {
                assertThat(judge(guard, RSA)).isNull();
                Files.writeString(file, setOf(EC.publicJwk()));
                drill.timer.advance(Duration.ofSeconds(10));
                KeyDrill.settle(guard);
                assertThat(judge(guard, RSA)).isEqualTo(RefusalReason.KEY_UNUSABLE);
                assertThat(judge(guard, EC)).isNull();
            }
        }
    }

    @Nested
    class Reports {
        private String failure(Fault fault) {
            drill.answer(fault);
            assertThat(drill.judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
            String failure = drill.health().lastFailure().orElseThrow();
            assertThat(RecordedLog.recent().toString()).contains(failure);
            return failure;
        }

        @Test
        void nameAddressStatusTypeAndWhatToSet() {
            assertThat(failure(Fault.status(404).contentType("text/html").body("<html>")))
                    .startsWith("status 404, text/html, at " + drill.issuer.jwksUri())
                    .contains("jwks-uri");
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void nameTheCredentials(int status) {
            assertThat(failure(Fault.status(status))).contains("jwks.bearer-token-file");
        }

        @Test
        void nameTheMediaTypeOfWhatIsNoKeySet() {
            assertThat(failure(Fault.status(200).contentType("text/html").body("<html>")))
                    .startsWith("not a key set")
                    .contains("(text/html)", drill.issuer.jwksUri().toString());
        }

        @Test
        void nameEachKeyThatIsLeftOut() {
            TestKey weak = TestKey.rsa(1024, TestAlgorithm.RS256, "weak\n\u001b");
            drill.answer(Fault.body(setOf(weak.publicJwk(), KeyDrill.KEY.publicJwk())));
            assertThat(drill.judge()).isNull();
            drill.settle();
            assertThat(RecordedLog.recent().toString()).contains("kid weak\\u000a\\u001b: RSA modulus");
        }

        @Test
        void sayTheSameOfLeftOutKeysOnce() {
            TestKey weak = TestKey.rsa(1024, TestAlgorithm.RS256, "weak");
            drill.answer(Fault.body(setOf(weak.publicJwk(), KeyDrill.KEY.publicJwk())));
            assertThat(drill.judge()).isNull();
            drill.pass(Duration.ofMinutes(10));
            assertThat(RecordedLog.recent().stream()
                            .filter(event -> event.toString().contains("kid weak")))
                    .hasSize(1);
        }

        @Test
        void areInTheHealthToo() {
            TestKey weak = TestKey.rsa(1024, TestAlgorithm.RS256, "weak");
            drill.answer(Fault.body(setOf(weak.publicJwk(), KeyDrill.KEY.publicJwk())));
            assertThat(drill.judge()).isNull();
            drill.settle();
            assertThat(drill.health().keysLeftOut().orElseThrow()).contains("kid weak: RSA modulus");
        }

        /** Ed448 and secp256k1 are well-formed; they have to be named. */
        @ParameterizedTest
        @EnumSource(names = {"ED448", "ES256K", "ML_DSA_44"})
        void nameKeysOfAlgorithmsThatAreNotUsedHere(TestAlgorithm algorithm) {
            TestKey unused = TestKey.generate(algorithm, "unused");
            drill.answer(Fault.body(setOf(unused.publicJwk(), KeyDrill.KEY.publicJwk())));
            assertThat(drill.judge()).isNull();
            drill.settle();
            String leftOut = drill.health().keysLeftOut().orElse("");
            assertThat(leftOut).startsWith("kid unused: algorithm not accepted");
            assertThat(drill.health().keysInUse()).containsExactly(KeyDrill.KEY.kid());
            assertThat(judge(drill.guard, unused)).isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"kid\":\"idle\",\"kty\":\"oct\"}",
                    "{\"kid\":\"idle\",\"kty\":\"NEW\"}",
                    "{\"use\":\"enc\",\"kid\":\"idle\",%s",
                    "{\"key_ops\":[\"encrypt\"],\"kid\":\"idle\",%s"
                })
        void nameKeysThatAreNoSignatureKeys(String pattern) {
            String members =
                    TestKey.generate(TestAlgorithm.ES256, "x").publicJwk().replaceAll("\"(kid|use)\":\"[^\"]*\",?", "");
            String idle = pattern.replace("%s", members.substring(1));
            drill.answer(Fault.body(setOf(idle, KeyDrill.KEY.publicJwk())));
            assertThat(drill.judge()).isNull();
            drill.settle();
            assertThat(drill.health().keysLeftOut().orElse("")).startsWith("kid idle: ");
            assertThat(drill.health().keysInUse()).containsExactly(KeyDrill.KEY.kid());
            assertThat(RecordedLog.recent())
                    .noneMatch(event -> event.toString().contains("kid idle")
                            && event.toString().contains("WARN"));
        }

        @Test
        void nameTheKeysThatLeaveNoneUsable() {
            TestKey weak = TestKey.rsa(1024, TestAlgorithm.RS256, "weak");
            assertThat(failure(Fault.body(setOf(weak.publicJwk())))).contains("EMPTY_KEY_SET", "kid weak: RSA modulus");
        }
    }
}
