package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dpop;
import io.tokenguard.internal.jose.StrippedPlatform;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A JVM whose list of providers has another one in the place of the platform's, as where FIPS 140 requires it. */
class StrippedPlatformTest {
    private static final Provider OTHER = new BouncyCastleProvider();
    private static TestIssuer issuer;
    private static Path keySet;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        issuer = TestIssuer.builder()
                .audience(GuardedIssuer.AUDIENCE)
                .keys(
                        TestKey.generate(TestAlgorithm.RS256, "rsa"),
                        TestKey.generate(TestAlgorithm.PS256, "pss"),
                        TestKey.generate(TestAlgorithm.ES256, "ec"),
                        TestKey.generate(TestAlgorithm.ED25519, "ed"))
                .start();
        keySet = Files.writeString(folder.resolve("keys.json"), issuer.jwksJson());
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "PS256", "ES256", "ED25519"})
    void startsAndDecidesByTheOtherProvider(TestAlgorithm algorithm) {
        TestKey key = issuer.publishedKeys().stream()
                .filter(known -> known.algorithm() == algorithm)
                .findFirst()
                .orElseThrow();
        CompactToken token =
                CompactToken.parse(issuer.token().key(key).algorithm(algorithm).sign());
        StrippedPlatform.during(OTHER, () -> {
            try (TokenGuard guard = guarding(issuer, settings -> settings.keysFrom(keySet))
                    .cryptoProvider(OTHER.getName())
                    .build()) {
                assertThat(reasonOf(guard.decide(bearing(token.compact())))).isNull();
                assertThat(reasonOf(guard.decide(bearing(token.flipBit(9).compact()))))
                        .isEqualTo(RefusalReason.SIGNATURE_INVALID);
            }
        });
    }

    /** Such as a provider for FIPS that has no Edwards curves. */
    @Test
    void saysAtStartWhichAlgorithmIsMissing() {
        Provider lacking = new BouncyCastleProvider();
        lacking.remove("Signature.ED25519");
        lacking.remove("Signature.EDDSA");
        StrippedPlatform.during(lacking, () -> {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> guarding(issuer, settings -> settings.keysFrom(keySet))
                            .cryptoProvider(lacking.getName())
                            .build())
                    .withMessageContaining("tokenguard.crypto-provider is 'BC'")
                    .withMessageContaining("no provider verifies EdDSA; leave it out of tokenguard.algorithms")
                    .withNoCause();
            guarding(issuer, settings -> settings.keysFrom(keySet).algorithms(SignatureAlgorithm.ES256))
                    .cryptoProvider(lacking.getName())
                    .dpop(Dpop.supported().algorithms(SignatureAlgorithm.ES256))
                    .build()
                    .close();
        });
    }
}
