package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Preset;
import io.tokenguard.internal.jose.HmacKey;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestJson;
import io.tokenguard.testkit.TestKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are signed with a shared secret (RFC 7518 §3.2). */
class HmacTest {
    private static final byte[] SECRET =
            "sixty-four characters of a secret that only this test may know.x".getBytes(StandardCharsets.US_ASCII);

    private final TestIssuer issuer = TestIssuer.builder()
            .audience(GuardedIssuer.AUDIENCE)
            .keys(TestKey.generate(TestAlgorithm.ES256))
            .start();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TokenGuard accepting(SignatureAlgorithm... algorithms) {
        return guarding(issuer, settings -> settings.hmacSecret(SECRET).algorithms(algorithms))
                .build();
    }

    private RefusalReason judge(TokenGuard guard, String token) {
        return reasonOf(guard.decide(bearing(token)));
    }

    @ParameterizedTest
    @EnumSource(names = {"HS256", "HS384", "HS512"})
    void areAcceptedByTheirAlgorithm(SignatureAlgorithm algorithm) {
        try (TokenGuard guard = accepting(algorithm)) {
            String token = issuer.token().signWith(SECRET, algorithm.name());
            assertThat(judge(guard, token)).isNull();
            assertThat(judge(guard, token)).as("from the cache").isNull();
            assertThat(judge(guard, issuer.token().signWith(new byte[64], algorithm.name())))
                    .isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }
    }

    @Test
    void areOfHs256UnlessOthersAreNamed() {
        try (TokenGuard guard =
                guarding(issuer, settings -> settings.hmacSecret(SECRET)).build()) {
            assertThat(judge(guard, issuer.token().signWith(SECRET, "HS256"))).isNull();
            assertThat(judge(guard, issuer.token().signWith(SECRET, "HS512")))
                    .isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "jdk", "SunJCE", "BC"})
    void areVerifiedByTheNamedProvider(String provider) {
        try (TokenGuard guard = guarding(issuer, settings -> settings.hmacSecret(SECRET))
                .cryptoProvider(provider)
                .dpop(Dpop.off())
                .build()) {
            assertThat(judge(guard, issuer.token().signWith(SECRET, "HS256"))).isNull();
        }
    }

    @Test
    void needNoKeySetAndNoKeyId() {
        try (TokenGuard guard = accepting(SignatureAlgorithm.HS256)) {
            assertThat(judge(guard, issuer.token().withoutHeader("kid").signWith(SECRET, "HS256")))
                    .isNull();
            assertThat(judge(guard, issuer.token().header("kid", "any").signWith(SECRET, "HS256")))
                    .isNull();
            assertThat(guard.health().isReady()).isTrue();
        }
        assertThat(issuer.requests(TestEndpoint.JWKS)).isZero();
        assertThat(issuer.requests(TestEndpoint.OIDC_DISCOVERY)).isZero();
    }

    /** A secret from the network is known to everyone who can read the key set. */
    @Test
    void areNeverVerifiedByAKeyOfAKeySet() {
        issuer.publishJwk(TestJson.write(Map.of(
                "kty",
                "oct",
                "kid",
                "shared",
                "alg",
                "HS256",
                "k",
                Base64.getUrlEncoder().withoutPadding().encodeToString(SECRET))));
        String token = issuer.token().header("kid", "shared").signWith(SECRET, "HS256");
        try (TokenGuard usual = guarding(issuer).build()) {
            assertThat(judge(usual, token)).isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
            assertThat(judge(usual, issuer.token().sign())).isNull();
        }
    }

    @Test
    void canBeBannedWithTheirSecret() {
        try (TokenGuard guard = accepting(SignatureAlgorithm.HS256)) {
            Decision granted = guard.decide(bearing(issuer.token().signWith(SECRET, "HS256")));
            AccessToken token = ((Decision.Granted) granted).accessToken().orElseThrow();
            assertThat(token.keyId()).startsWith("hmac-").hasSize(13);
            guard.banKey(token.keyId());
            assertThat(judge(guard, issuer.token().signWith(SECRET, "HS256"))).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({"HS256, 31, 32", "HS384, 47, 48", "HS512, 63, 64"})
    void needASecretAsLongAsTheHash(SignatureAlgorithm algorithm, int tooFew, int enough) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guarding(
                        issuer,
                        settings -> settings.hmacSecret(new byte[tooFew]).algorithms(algorithm)))
                .withMessageContaining("it has " + tooFew + " bytes; a secret for " + algorithm + " needs at least "
                        + enough + " random bytes");
        guarding(issuer, settings -> settings.hmacSecret(SECRET).algorithms(algorithm))
                .build()
                .close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "HS.*")
    void areNeverMixedWithAnotherAlgorithm(SignatureAlgorithm other) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> accepting(SignatureAlgorithm.HS256, other))
                .withMessageContaining("tokenguard.algorithms is 'HS256," + other)
                .withMessageContaining("tokenguard.hmac-secret-file");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guarding(issuer, settings -> settings.algorithms(other, SignatureAlgorithm.HS256)))
                .withMessageContaining("tokenguard.algorithms is '" + other + ",HS256'")
                .withMessageContaining("tokenguard.hmac-secret-file");
    }

    @Test
    void areNeverMixedWithPublicKeys() {
        TrustedIssuerBuilder located = GuardedIssuer.trusted(issuer).keysFrom(URI.create("https://keys.example"));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> located.hmacSecret(SECRET))
                .withMessageContaining("hmac-secret-file")
                .withMessageContaining("jwks-uri is set too");
        VerificationKey key = new VerificationKey(
                "kid", SignatureAlgorithm.HS256, issuer.currentKey().publicKey());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> guarding(issuer, settings -> settings.keys(key).algorithms(SignatureAlgorithm.HS256)))
                .withMessageContaining("tokenguard.hmac-secret-file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----",
                " {\"kty\":\"oct\",\"k\":\"c2l4dHktZm91ciBjaGFyYWN0ZXJzIG9mIGEgc2VjcmV0\"}",
                "",
                "   "
            })
    void haveNoPublicTextAsSecret(String text, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), text);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> GuardProperties.of(Map.of(
                                "tokenguard.issuer-uri", "https://issuer.example",
                                "tokenguard.audiences", "api",
                                "tokenguard.hmac-secret-file", file.toString()))
                        .toBuilder())
                .withMessageStartingWith("tokenguard.hmac-secret-file")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("MFkw", "c2l4"));
    }

    @Test
    void signNoProofsAndNoAssertions() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Dpop.supported().algorithms(SignatureAlgorithm.ES256, SignatureAlgorithm.HS256))
                .withMessageContaining("remove HMAC");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ClientAuthentication.privateKeyJwt(
                        "api", issuer.currentKey().privateKey(), SignatureAlgorithm.HS256, "kid"))
                .withMessageContaining("can't be signed with HS256");
    }

    @Test
    void areLoggedForTheirCost() {
        RecordedLog.clear();
        accepting(SignatureAlgorithm.HS256).close();
        assertThat(RecordedLog.recent())
                .extracting(RecordedLog.Event::text)
                .anyMatch(text -> text.startsWith("hmac-secret-file: everyone who can verify tokens"));
    }

    @Test
    void neverShowTheirSecret() {
        HmacKey key = new HmacKey(new SecretKeySpec(SECRET, "HMAC"));
        assertThat(key.getEncoded()).isNull();
        assertThat(key.toString()).isEqualTo("HmacKey[not shown]");
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(key))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void areNotOfAPreset() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guarding(issuer, settings -> settings.hmacSecret(SECRET))
                        .preset(Preset.FAPI2)
                        .build());
    }
}
