package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.jose.JwkReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that the build's second run of the tests takes place elsewhere: in another language, zone and charset, with a
 * foreign cryptographic provider first, and with jose4j loosened as far as its system properties go.
 */
class EnvironmentTest {
    @Test
    void speaksTurkishWhereTheSmallLetterOfIHasNoDot() {
        assertThat(Locale.getDefault()).isEqualTo(Locale.forLanguageTag("tr-TR"));
        assertThat(lowerCaseInTheDefaultLocale("DPOP JWT I")).isEqualTo("dpop jwt \u0131");
    }

    @SuppressWarnings("StringCaseLocaleUsage")
    private static String lowerCaseInTheDefaultLocale(String text) {
        return text.toLowerCase();
    }

    @Test
    void livesBeyondTheDateLine() {
        assertThat(ZoneId.systemDefault()).isEqualTo(ZoneId.of("Pacific/Apia"));
    }

    @Test
    void writesLatin1() {
        assertThat(Charset.defaultCharset()).isEqualTo(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void takesKeysFromBouncyCastleFirst(String keyType) throws NoSuchAlgorithmException {
        assertThat(Security.getProviders()[0].getName()).isEqualTo("BC");
        assertThat(KeyFactory.getInstance(keyType).getProvider().getName()).isEqualTo("BC");
    }

    @Test
    void readsPublishedKeysByThePlatformsProvidersAllTheSame() throws MalformedException {
        List<String> jwks = Stream.of(TestAlgorithm.RS256, TestAlgorithm.ES256, TestAlgorithm.EDDSA)
                .map(TestKey::generate)
                .map(TestKey::publicJwk)
                .toList();
        byte[] set = ("{\"keys\":" + jwks + "}").getBytes(StandardCharsets.UTF_8);
        assertThat(JwkReader.readSet(set, 10))
                .hasSize(3)
                .allSatisfy(key -> assertThat(key.uses().values())
                        .allSatisfy(use -> assertThat(
                                        use.publicKey().getClass().getModule().getName())
                                .isIn("java.base", "jdk.crypto.ec")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.jose4j.jws.default-allow-none", "org.jose4j.jws.getPayload-skip-verify"})
    void lacksTheChecksThatJose4jCanBeTalkedOutOf(String property) {
        assertThat(Boolean.getBoolean(property)).isTrue();
        assertThat(Integer.getInteger("org.jose4j.json.internal.MaxLengthForBigInteger"))
                .isEqualTo(1_000_000_000);
    }

    @Test
    void saysAtStartWhichOfJose4jsPropertiesAreSetAndNotToWhat() {
        RecordedLog.clear();
        TokenGuard.builder()
                .issuer(TrustedIssuer.builder("https://issuer.example")
                        .audience("api")
                        .keysFrom((keyId, algorithm) -> {
                            throw new RefusedException(RefusalReason.KEY_UNKNOWN);
                        })
                        .build())
                .build()
                .close();
        assertThat(RecordedLog.recent())
                .extracting(RecordedLog.Event::text)
                .anyMatch(text -> text.contains("org.jose4j.jws.default-allow-none"))
                .anyMatch(text -> text.contains("org.jose4j.json.internal.MaxLengthForBigInteger"))
                .noneMatch(text -> text.contains("1000000000"));
    }
}
