package io.tokenguard.testkit;

import static io.tokenguard.testkit.TokenReader.header;
import static io.tokenguard.testkit.TokenReader.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwe.JsonWebEncryption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSigningTest {
    private final TestIssuer issuer =
            TestIssuer.builder().keys(KnownKeys.EC, KnownKeys.RSA).start();

    @AfterEach
    void close() {
        issuer.close();
    }

    @Test
    void usesTheKeyThatIsNamedAndItsAlgorithm() throws Exception {
        String token = issuer.token().key(KnownKeys.OTHER_EC).sign();

        assertThat(header(token)).containsEntry("kid", "other-ec").containsEntry("alg", "ES256");
        assertVerified(token, KnownKeys.OTHER_EC);
    }

    @Test
    void findsTheIssuersKeyOfAnAlgorithm() throws Exception {
        String token = issuer.token().algorithm(TestAlgorithm.RS256).sign();

        assertThat(header(token)).containsEntry("kid", "rsa").containsEntry("alg", "RS256");
        assertThat(JcaVerifier.verifies(token, "RS256", KnownKeys.RSA.publicKey()))
                .isTrue();
    }

    @Test
    void prefersTheCurrentKeyAmongThoseOfAnAlgorithm() throws Exception {
        issuer.publish(KnownKeys.OTHER_EC);

        assertThat(header(issuer.token().algorithm(TestAlgorithm.ES256).sign())).containsEntry("kid", "ec");
    }

    @Test
    void asksForAKeyWhereTheIssuerHasNone() {
        assertThatThrownBy(() -> issuer.token().algorithm(TestAlgorithm.PS256))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PS256");
    }

    @Test
    void usesAKeyOfTheAttackerUnderTheKidOfTheIssuer() throws Exception {
        String token = issuer.token().key(KnownKeys.OTHER_EC.withKid("ec")).sign();

        assertThat(header(token)).containsEntry("kid", "ec");
        assertThat(JcaVerifier.verifies(token, "ES256", KnownKeys.EC.publicKey()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "ES256"})
    void leavesTheSignatureEmpty(String alg) throws Exception {
        String token = issuer.token().unsigned(alg);

        assertThat(token).endsWith(".");
        assertThat(CompactToken.parse(token).signature()).isEmpty();
        assertThat(header(token)).containsEntry("alg", alg).containsEntry("typ", "at+jwt");
        assertThat(payload(token)).containsEntry("sub", "alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void signsWithASharedSecret(String alg) throws Exception {
        byte[] secret = KnownKeys.RSA.publicKey().getEncoded();
        CompactToken token = CompactToken.parse(issuer.token().signWith(secret, alg));

        assertThat(header(token.compact())).containsEntry("alg", alg);
        assertThat(token.signatureBytes()).isEqualTo(hmac(alg, secret, token.signingInput()));
    }

    @Test
    void signsWithAnEmptySecretAsIfItWereZeros() throws Exception {
        CompactToken token = CompactToken.parse(issuer.token().signWith(new byte[0], "HS256"));

        assertThat(token.signatureBytes()).isEqualTo(hmac("HS256", new byte[64], token.signingInput()));
    }

    @Test
    void signsWithASecretOnlyWhereTheAlgorithmTakesOne() {
        assertThatThrownBy(() -> issuer.token().signWith(new byte[1], "ES256"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signsEveryTokenOfAnIssuerWithItsSecret() throws Exception {
        byte[] secret = "a secret of at least thirty-two bytes".getBytes(StandardCharsets.US_ASCII);
        try (TestIssuer shared =
                TestIssuer.builder().hmacSecret(secret, "HS256").start()) {
            CompactToken token = CompactToken.parse(shared.token().sign());

            assertThat(header(token.compact())).containsEntry("alg", "HS256").doesNotContainKey("kid");
            assertThat(token.signatureBytes()).isEqualTo(hmac("HS256", secret, token.signingInput()));
            assertThat(shared.jwksJson()).isEqualTo("{\"keys\":[]}");
            assertVerified(shared.token().key(KnownKeys.EC).sign(), KnownKeys.EC);
        }
    }

    @Test
    void refusesAnIssuerWithKeysAndASecret() {
        TestIssuerBuilder both = TestIssuer.builder().keys(KnownKeys.EC).hmacSecret(new byte[32], "HS256");
        assertThatThrownBy(both::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> TestIssuer.builder().hmacSecret(new byte[32], "ES256"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encryptsForAnApi() throws Exception {
        TestEncryption api = TestEncryption.generate("ECDH-ES", "A256GCM");

        assertVerified(decrypted(issuer.token().encryptedFor(api).sign(), api), KnownKeys.EC);
    }

    @Test
    void encryptsTheAccessTokensOfAnIssuerAndNoOthers() throws Exception {
        TestEncryption api = TestEncryption.generate("RSA-OAEP-256", "A128GCM");
        try (TestIssuer encrypting =
                TestIssuer.builder().keys(KnownKeys.EC).encryptFor(api).start()) {
            assertVerified(decrypted(encrypting.token().sign(), api), KnownKeys.EC);
            assertThat(decrypted(encrypting.tokenWithStatus(1).sign(), api)).contains(".");
            assertVerified(encrypting.logoutToken().sign(), KnownKeys.EC);
            assertVerified(encrypting.statusList().sign(), KnownKeys.EC);
            assertVerified(
                    encrypting
                            .securityEvent("urn:example", Map.of("format", "opaque"))
                            .sign(),
                    KnownKeys.EC);
        }
    }

    private static String decrypted(String token, TestEncryption api) throws Exception {
        JsonWebEncryption encrypted = new JsonWebEncryption();
        encrypted.setCompactSerialization(token);
        encrypted.setKey(api.keyPair().getPrivate());
        return encrypted.getPayload();
    }

    @Test
    void leavesTheBuilderAsItWasAfterAnUnsignedToken() throws Exception {
        TokenBuilder token = issuer.token();
        token.unsigned("none");

        assertThat(header(token.sign())).containsEntry("alg", "ES256");
    }

    @Test
    void signsPartsOfAnotherSpelling() throws Exception {
        CompactToken padded = CompactToken.parse(issuer.token().sign()).withPayload("e30=");
        byte[] signature = KnownKeys.EC.sign(TestAlgorithm.ES256, padded.signingInput());

        assertVerified(padded.withSignature(signature).compact(), KnownKeys.EC);
    }

    private static void assertVerified(String token, TestKey key) throws Exception {
        assertThat(JcaVerifier.verifies(token, key.algorithm().joseName(), key.publicKey()))
                .isTrue();
    }

    private static byte[] hmac(String alg, byte[] secret, byte[] input) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA" + alg.substring(2));
        mac.init(new SecretKeySpec(secret, "any"));
        return mac.doFinal(input);
    }
}
