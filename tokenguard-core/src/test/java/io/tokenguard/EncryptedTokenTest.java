package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEncryption;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted tokens (RFC 7516) with a signed token inside (RFC 7519 §11.2). Attacks on them are in the catalogue. */
class EncryptedTokenTest {
    private static final TestEncryption RSA = TestEncryption.generate("RSA-OAEP-256", "A256GCM");
    private static final TestEncryption EC = TestEncryption.generate("ECDH-ES", "A128GCM");
    private static final TestEncryption NEXT = TestEncryption.generate("ECDH-ES", "A128GCM");
    private static TestIssuer issuer;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.builder()
                .audience(GuardedIssuer.AUDIENCE)
                .keys(TestKey.generate(TestAlgorithm.ES256))
                .start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "key", ""), content);
    }

    private TokenGuard decrypting(String keys) throws IOException {
        return guarding(issuer).decryptionKeyFile(file(keys)).build();
    }

    private static String set(TestEncryption... keys) {
        return "{\"keys\":["
                + String.join(
                        ",", Stream.of(keys).map(TestEncryption::privateJwk).toList()) + "]}";
    }

    private static String pem(String label, PrivateKey key) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n-----END " + label
                + "-----\n";
    }

    private static RefusalReason judge(TokenGuard guard, String token) {
        return reasonOf(guard.decide(bearing(token)));
    }

    static Stream<Arguments> algorithms() {
        return Stream.of("RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW")
                .flatMap(algorithm -> Stream.of("A128GCM", "A256GCM", "A128CBC-HS256", "A256CBC-HS512")
                        .map(content -> Arguments.of(algorithm, content)));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void areAcceptedByTheirAlgorithms(String algorithm, String content) throws IOException {
        TestEncryption encryption = (algorithm.startsWith("RSA") ? RSA : EC).with(algorithm, content);
        try (TokenGuard guard = decrypting(encryption.privateJwk())) {
            String token = encryption.encrypt(issuer.token().sign());
            Decision first = guard.decide(bearing(token));
            assertThat(reasonOf(first)).isNull();
            assertThat(guard.decide(bearing(token))).as("from the cache").isEqualTo(first);
            assertThat(judge(guard, issuer.token().sign())).as("not encrypted").isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384", "P-521"})
    void areDecryptedWithKeysInPem(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp" + curve.substring(2) + "r1"));
        KeyPair pair = generator.generateKeyPair();
        TestEncryption encryption = TestEncryption.of(pair, "ECDH-ES+A256KW", "A256GCM");
        String rsa = pem("PRIVATE KEY", RSA.keyPair().getPrivate());
        try (TokenGuard guard = decrypting("# comment\n" + rsa + pem("PRIVATE KEY", pair.getPrivate()))) {
            assertThat(judge(guard, encryption.encrypt(issuer.token().sign()))).isNull();
            assertThat(judge(guard, RSA.encrypt(issuer.token().sign()))).isNull();
            assertThat(judge(guard, EC.encrypt(issuer.token().sign()))).isEqualTo(RefusalReason.DECRYPTION_FAILED);
        }
    }

    @Test
    void areDecryptedWithTheOldAndTheNewKey() throws IOException {
        try (TokenGuard guard = decrypting(set(EC, NEXT))) {
            for (TestEncryption key : List.of(EC, NEXT, EC.withoutHeader("kid"), NEXT.withoutHeader("kid"))) {
                assertThat(judge(guard, key.encrypt(issuer.token().sign()))).isNull();
            }
            assertThat(judge(
                            guard,
                            EC.header("kid", NEXT.kid()).encrypt(issuer.token().sign())))
                    .isEqualTo(RefusalReason.DECRYPTION_FAILED);
        }
    }

    @Test
    void areRefusedWithoutAKey() {
        try (TokenGuard guard = guarding(issuer).build()) {
            assertThat(judge(guard, EC.encrypt(issuer.token().sign()))).isEqualTo(RefusalReason.TOKEN_ENCRYPTED);
        }
    }

    /** The claims inside are checked as any others. */
    @Test
    void areCheckedAsSignedTokens() throws IOException {
        try (TokenGuard guard = decrypting(EC.privateJwk())) {
            assertThat(judge(guard, EC.encrypt(issuer.token().audience("other").sign())))
                    .isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
            assertThat(judge(
                            guard,
                            EC.encrypt(issuer.token()
                                    .issuer("https://other.example")
                                    .sign())))
                    .isEqualTo(RefusalReason.ISSUER_UNKNOWN);
        }
    }

    @Test
    void areRevokedByTheirOwnText() throws IOException {
        try (TokenGuard guard = decrypting(EC.privateJwk())) {
            String token = EC.encrypt(issuer.token().sign());
            String other = EC.encrypt(issuer.token().sign());
            assertThat(judge(guard, token)).isNull();
            guard.revoke(Revocation.presented(token));
            assertThat(judge(guard, token)).isEqualTo(RefusalReason.REVOKED);
            assertThat(judge(guard, other)).isNull();
            guard.banKey(issuer.currentKey().kid());
            assertThat(judge(guard, other)).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    /** Neither the answer nor the log tells a wrong key from a changed token: both would help an attacker (RFC 7516 §11.5). */
    @ParameterizedTest
    @MethodSource("algorithms")
    void failAlikeHoweverTheyAreWrong(String algorithm, String content) throws IOException {
        TestEncryption encryption = (algorithm.startsWith("RSA") ? RSA : EC).with(algorithm, content);
        TestEncryption foreign = TestEncryption.generate(algorithm, content).header("kid", encryption.kid());
        String good = encryption.encrypt(issuer.token().sign());
        try (TokenGuard guard = decrypting(encryption.privateJwk())) {
            for (String bad : List.of(
                    changed(good, 3),
                    changed(good, 4),
                    foreign.encrypt(issuer.token().sign()))) {
                Decision.Refused refused = (Decision.Refused) guard.decide(bearing(bad));
                assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.DECRYPTION_FAILED);
                assertThat(refused.refusal().detail()).isEqualTo("not decrypted");
            }
        }
    }

    /** A known key decrypts it, and yet it is refused; what was found is for the log only. */
    @Test
    void areRefusedWithAnUnknownKeyId() throws IOException {
        try (TokenGuard guard = decrypting(set(RSA, EC))) {
            for (TestEncryption key : List.of(RSA, EC)) {
                Decision.Refused unknown = (Decision.Refused) guard.decide(bearing(
                        key.header("kid", "unknown").encrypt(issuer.token().sign())));
                Decision.Refused changed = (Decision.Refused)
                        guard.decide(bearing(changed(key.encrypt(issuer.token().sign()), 4)));
                assertThat(unknown.refusal().reason()).isEqualTo(RefusalReason.DECRYPTION_FAILED);
                assertThat(unknown.refusal().detail()).isEqualTo("no decryption key has this kid");
                assertThat(unknown.challenge().status())
                        .isEqualTo(changed.challenge().status());
                assertThat(unknown.challenge().wwwAuthenticate())
                        .isEqualTo(changed.challenge().wwwAuthenticate());
                assertThat(unknown.challenge().body())
                        .isEqualTo(changed.challenge().body());
            }
        }
    }

    /** RFC 8017 §5.1.2: no other text of a good token may be one, also not the same number in another class of the modulus. */
    @Test
    void areRefusedWithANumberAboveTheModulus() throws IOException {
        BigInteger modulus = ((RSAPublicKey) RSA.publicKey()).getModulus();
        try (TokenGuard guard = decrypting(RSA.privateJwk())) {
            for (int i = 0; i < 20; i++) {
                String[] parts = RSA.encrypt(issuer.token().sign()).split("\\.", -1);
                BigInteger number = new BigInteger(1, Base64.getUrlDecoder().decode(parts[1]));
                byte[] larger = number.add(modulus).toByteArray();
                if (larger.length == 257 && larger[0] == 0) {
                    parts[1] = Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(Arrays.copyOfRange(larger, 1, larger.length));
                    assertThat(judge(guard, String.join(".", parts))).isEqualTo(RefusalReason.DECRYPTION_FAILED);
                }
                byte[] small = Base64.getUrlDecoder().decode(parts[1]);
                Arrays.fill(small, 0, 8, (byte) -1);
                parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(small);
                assertThat(judge(guard, String.join(".", parts))).isEqualTo(RefusalReason.DECRYPTION_FAILED);
            }
        }
    }

    private static String changed(String token, int part) {
        String[] parts = token.split("\\.", -1);
        byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
        bytes[0] ^= 1;
        parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return String.join(".", parts);
    }

    @Test
    void leaveNothingOfTheirTextInTheLog() throws IOException {
        RecordedLog.clear();
        CompactToken inside =
                CompactToken.parse(issuer.token().audience("other").sign());
        try (TokenGuard guard = decrypting(RSA.privateJwk())) {
            guard.decide(bearing(RSA.encrypt(inside.compact())));
            guard.decide(bearing(changed(RSA.encrypt(inside.compact()), 3)));
        }
        assertThat(RecordedLog.recent())
                .extracting(RecordedLog.Event::text)
                .noneMatch(text -> text.contains(inside.payload()) || text.contains(inside.signature()));
    }

    @Test
    void mayBeLongerThanSignedOnes() throws IOException {
        try (TokenGuard guard = decrypting(RSA.privateJwk())) {
            assertThat(judge(guard, "a".repeat(24_576))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThat(judge(guard, "a".repeat(24_577))).isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
        }
    }

    @Test
    void canBeAllowedByAProperty() throws IOException {
        Map<String, String> properties = Map.of(
                "tokenguard.issuer-uri",
                issuer.issuer(),
                "tokenguard.audiences",
                GuardedIssuer.AUDIENCE,
                "tokenguard.routes.orders",
                "/orders authenticated",
                "tokenguard.decryption-key-file",
                file(EC.privateJwk()).toString());
        try (TokenGuard guard = GuardProperties.of(properties).toBuilder().build()) {
            assertThat(judge(guard, EC.encrypt(issuer.token().sign()))).isNull();
        }
    }

    static Stream<Arguments> mistakes() throws Exception {
        KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(1024);
        String jwk = EC.privateJwk();
        return Stream.of(
                Arguments.of("", "no private key"),
                Arguments.of("{}", "malformed, or has no private part"),
                Arguments.of("{\"keys\":[]}", "no private key"),
                Arguments.of(jwk.replaceAll("\"d\":\"[^\"]*\"", "\"x5t\":\"\""), "no private part"),
                Arguments.of(jwk.replace("\"enc\"", "\"sig\""), "no private key"),
                Arguments.of(jwk.replace("\"use\":\"enc\"", "\"alg\":\"RSA-OAEP\""), "the alg of a key is not"),
                Arguments.of(jwk.replace("\"use\":\"enc\"", "\"alg\":\"RSA-OAEP-256\""), "not for its type"),
                Arguments.of(set(EC, EC, EC, EC, EC), "more than 4 keys"),
                Arguments.of(pem("PRIVATE KEY", weak.generateKeyPair().getPrivate()), "2048 to 8192 bits"),
                Arguments.of(pem("RSA PRIVATE KEY", RSA.keyPair().getPrivate()), "openssl pkcs8 -topk8 -nocrypt"),
                Arguments.of(pem("ENCRYPTED PRIVATE KEY", RSA.keyPair().getPrivate()), "an encrypted key"),
                Arguments.of(
                        pem(
                                "PRIVATE KEY",
                                KeyPairGenerator.getInstance("Ed25519")
                                        .generateKeyPair()
                                        .getPrivate()),
                        "neither RSA nor EC"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void needAUsableKey(String content, String why) throws IOException {
        Path file = file(content);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guarding(issuer).decryptionKeyFile(file).build())
                .withMessageStartingWith("tokenguard.decryption-key-file is ")
                .withMessageContaining(why)
                .withNoCause();
    }
}
