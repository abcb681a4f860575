package io.tokenguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.PublicKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SignatureTest {
    private static final Map<String, Integer> EC_SIGNATURE_BYTES =
            Map.of("ES256", 64, "ES384", 96, "ES512", 132, "ES256K", 64);

    /** One key for each algorithm: RSA keys take their time. */
    private static final Map<TestAlgorithm, TestKey> KEYS = new ConcurrentHashMap<>();

    private static TestKey key(TestAlgorithm algorithm) {
        return KEYS.computeIfAbsent(algorithm, TestKey::generate);
    }

    @ParameterizedTest
    @EnumSource
    void theJcaVerifiesTokensWithThePublishedKey(TestAlgorithm algorithm) throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().algorithms(algorithm).start()) {
            String token = issuer.token().sign();

            assertThat(JcaVerifier.verifies(
                            token, algorithm.joseName(), issuer.currentKey().publicKey()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theJcaRefusesTheTokenOnceABitIsFlipped(TestAlgorithm algorithm) throws Exception {
        TestKey key = key(algorithm);
        try (TestIssuer issuer = TestIssuer.builder().keys(key).start()) {
            CompactToken token = CompactToken.parse(issuer.token().sign());
            String flipped = token.flipBit(token.signatureBytes().length * 4).compact();

            assertThat(JcaVerifier.verifies(flipped, algorithm.joseName(), key.publicKey()))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ED25519", "ED448", "ES256K", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
    void jose4jVerifiesTokensOfEveryAlgorithmItKnows(TestAlgorithm algorithm) throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().keys(key(algorithm)).start()) {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setCompactSerialization(issuer.token().sign());
            jws.setKey(publishedKey(issuer));

            assertThat(jws.verifySignature()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHeaderNamesTheAlgorithmAsItIsRegistered(TestAlgorithm algorithm) {
        assertThat(algorithm.joseName())
                .isIn(
                        "RS256",
                        "RS384",
                        "RS512",
                        "PS256",
                        "PS384",
                        "PS512",
                        "ES256",
                        "ES384",
                        "ES512",
                        "EdDSA",
                        "Ed25519",
                        "Ed448",
                        "ES256K",
                        "ML-DSA-44",
                        "ML-DSA-65",
                        "ML-DSA-87")
                .isEqualToIgnoringCase(algorithm.name().replace('_', '-'));
    }

    @ParameterizedTest
    @EnumSource(names = {"ES256", "ES384", "ES512", "ES256K"})
    void ecdsaSignaturesAreRAndSOfFixedLength(TestAlgorithm algorithm) {
        TestKey key = TestKey.generate(algorithm);

        for (int i = 0; i < 50; i++) {
            assertThat(key.sign(algorithm, new byte[] {(byte) i}))
                    .hasSize(EC_SIGNATURE_BYTES.get(algorithm.joseName()));
        }
    }

    @ParameterizedTest
    @CsvSource({"ES256, ES384", "ES256, ES512", "ES384, ES256", "RS256, PS256", "RS256, RS512", "EDDSA, ED25519"})
    void aKeySignsWithAnotherAlgorithmOfItsType(TestAlgorithm published, TestAlgorithm signing) throws Exception {
        TestKey key = key(published);
        try (TestIssuer issuer = TestIssuer.builder().keys(key).start()) {
            String token = issuer.token().key(key).algorithm(signing).sign();

            assertThat(JcaVerifier.verifies(token, signing.joseName(), key.publicKey()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ES256, RS256",
        "ES256, EDDSA",
        "RS256, ES256",
        "EDDSA, ES256",
        "EDDSA, ED448",
        "ES256K, ES256",
        "RS256, ML_DSA_44",
        "ML_DSA_44, RS256",
        "ML_DSA_44, ML_DSA_65"
    })
    void aKeyDoesNotSignWithAnAlgorithmOfAnotherType(TestAlgorithm published, TestAlgorithm signing) {
        TestKey key = key(published);

        assertThatThrownBy(() -> key.sign(signing, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(signing.joseName());
    }

    @Test
    void aKeyTooSmallForTheHashSaysSo() {
        TestKey key = TestKey.rsa(512, TestAlgorithm.RS256, "tiny");

        assertThatThrownBy(() -> key.sign(TestAlgorithm.RS512, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tiny");
    }

    @Test
    void everyAlgorithmMakesItsOwnKindOfJwk() throws Exception {
        for (TestAlgorithm algorithm : TestAlgorithm.values()) {
            assertThat(key(algorithm).publicJwkMembers().get("crv"))
                    .isEqualTo(
                            switch (algorithm) {
                                case RS256, RS384, RS512, PS256, PS384, PS512 -> null;
                                case ES256 -> "P-256";
                                case ES384 -> "P-384";
                                case ES512 -> "P-521";
                                case EDDSA, ED25519 -> "Ed25519";
                                case ED448 -> "Ed448";
                                case ES256K -> "secp256k1";
                                case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> null;
                            });
        }
    }

    private static PublicKey publishedKey(TestIssuer issuer) throws Exception {
        JsonWebKeySet set = new JsonWebKeySet(new Web().get(issuer.jwksUri()).body());
        assertThat(set.getJsonWebKeys()).hasSize(1);
        return ((PublicJsonWebKey) set.getJsonWebKeys().get(0)).getPublicKey();
    }
}
