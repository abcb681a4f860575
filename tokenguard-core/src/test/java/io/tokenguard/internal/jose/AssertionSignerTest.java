package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7523 §3. */
class AssertionSignerTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "client");

    private static AssertionSigner read(String jwk) throws MalformedException {
        return AssertionSigner.read(jwk.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "PS256", "ES256", "ES384", "EDDSA"})
    void signsWhatItsPublicHalfVerifies(TestAlgorithm algorithm) throws MalformedException {
        TestKey key = TestKey.generate(algorithm, "client");
        AssertionSigner signer = read(key.privateJwk());
        CompactToken signed = CompactToken.parse(signer.sign(Map.of("iss", "shop")));
        VerificationKey half = new VerificationKey("client", signer.algorithm(), key.publicKey());
        assertThat(SignatureEngine.platform().verify(half, signed.signingInput(), signed.signatureBytes()))
                .isTrue();
        assertThat(signer.keyId()).isEqualTo("client");
    }

    @Test
    void namesKeyAlgorithmAndTypeAndSaysWhatItIsTold() throws Exception {
        String[] parts = read(KEY.privateJwk()).sign(Map.of("iss", "shop")).split("\\.", -1);
        Map<String, ?> header =
                JsonReader.readObject(Base64Url.decode(parts[0], 0, parts[0].length()), JsonLimits.HEADER);
        assertThat(header.keySet()).containsExactlyInAnyOrder("alg", "kid", "typ");
        assertThat(header.get("alg")).isEqualTo("ES256");
        assertThat(header.get("kid")).isEqualTo("client");
        assertThat(header.get("typ")).isEqualTo("JWT");
        assertThat(new String(Base64Url.decode(parts[1], 0, parts[1].length()), StandardCharsets.UTF_8))
                .isEqualTo("{\"iss\":\"shop\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "junk",
                "{}",
                "{\"kid\":\"client\"}",
                "{\"alg\":\"ES256\"}",
                "{\"alg\":\"ES256\",\"kid\":1}",
                "{\"alg\":1,\"kid\":\"client\"}",
                "{\"alg\":\"HS256\",\"kid\":\"client\",\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}",
                "{\"alg\":\"ES256\",\"kid\":\"client\",\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}"
            })
    void isMadeOfPrivateKeysOnly(String jwk) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> read(jwk));
    }

    @Test
    void isNotMadeOfAPublicHalf() {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> read(KEY.publicJwk()))
                .withMessageContaining("private key")
                .withNoCause();
    }

    @Test
    void saysSoWhereItsKeyIsOfAnotherKind() {
        AssertionSigner signer = new AssertionSigner(KEY.privateKey(), SignatureAlgorithm.RS256, "client");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> signer.sign(Map.of()))
                .withNoCause();
    }

    @Test
    void showsItsNameOnly() throws MalformedException {
        assertThat(read(KEY.privateJwk())).hasToString("AssertionSigner[client]");
    }
}
