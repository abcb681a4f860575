package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.SignatureEngines.Found;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is asked about signatures in the platform's place has to judge as the specifications do. */
class SignatureEnginesTest {
    private static final byte[] SIGNED = "header.payload".getBytes(StandardCharsets.US_ASCII);
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256);
    private static final VerificationKey VERIFYING = new VerificationKey("", SignatureAlgorithm.ES256, KEY.publicKey());

    private static Provider elliptic() {
        return Security.getProvider("SunEC");
    }

    private static boolean isRightAbout(SignatureEngine engine) {
        byte[] good = KEY.sign(TestAlgorithm.ES256, SIGNED);
        byte[] bad = KEY.sign(TestAlgorithm.ES256, new byte[1]);
        return engine.verify(VERIFYING, SIGNED, good)
                && !engine.verify(VERIFYING, SIGNED, bad)
                && engine.verifyOnce(VERIFYING, SIGNED, good)
                && !engine.verifyOnce(VERIFYING, SIGNED, bad);
    }

    @Test
    void withoutANativeProviderThePlatformIsAsked() {
        Found found = SignatureEngines.fastest();
        assertThat(found.mistakes()).isEmpty();
        assertThat(found.engine().worker(SignatureAlgorithm.ES256)).startsWith("SunEC");
        assertThat(found.engine().worker(SignatureAlgorithm.RS256)).isEqualTo("TokenGuard");
        assertThat(isRightAbout(found.engine())).isTrue();
    }

    @Test
    void whoTakesEverythingIsNotAskedAndSaidToBeWrong() {
        Found found = SignatureEngines.fastest(List.of(new GullibleProvider("Gullible")));
        assertThat(found.mistakes())
                .containsExactlyInAnyOrder(
                        "Gullible is wrong about RS256: other-text",
                        "Gullible is wrong about PS256: other-text",
                        "Gullible is wrong about PS384: other-text",
                        "Gullible is wrong about PS512: other-text",
                        "Gullible is wrong about ES256: other-text",
                        "Gullible is wrong about EdDSA: other-text");
        assertThat(found.engine().worker(SignatureAlgorithm.ES256)).startsWith("SunEC");
        assertThat(isRightAbout(found.engine())).isTrue();
    }

    @Test
    void theFirstThatIsRightIsAskedAboutWhatItOffers() {
        Found found = SignatureEngines.fastest(
                List.of(new BrokenProvider(true), new BrokenProvider(false), new Renamed(elliptic())));
        assertThat(found.mistakes())
                .containsExactly("Broken is wrong about ES256: it does not run", "Broken is wrong about ES256: plain");
        assertThat(found.engine().worker(SignatureAlgorithm.ES256)).isEqualTo("Renamed 1");
        assertThat(found.engine().worker(SignatureAlgorithm.PS256)).startsWith("SunRsaSign");
        assertThat(isRightAbout(found.engine())).isTrue();
    }

    @Test
    void oneThatIsNamedIsAskedAlone() {
        Found found = SignatureEngines.named("SunEC");
        // No supported JDK has the curve of ES256K.
        assertThat(found.mistakes()).containsExactly("SunEC is wrong about ES256K: plain");
        assertThat(isRightAbout(found.engine())).isTrue();
        assertThat(found.engine().covers(SignatureAlgorithm.ES256K)).isFalse();
        assertThat(found.engine().covers(SignatureAlgorithm.ED25519)).isTrue();
        assertThat(found.engine().covers(SignatureAlgorithm.RS256)).isFalse();
        assertThat(found.engine().worker(SignatureAlgorithm.RS256)).isEqualTo("none");
    }

    /** RFC 8017 §9.2. */
    @ParameterizedTest
    @EnumSource(names = {"RS256", "RS384", "RS512"})
    void aProviderThatAcceptsSeveralEncodingsOfRsaSignaturesIsUsedWithTheEncodingChecked(SignatureAlgorithm algorithm) {
        Found found = SignatureEngines.by(Security.getProvider("SunRsaSign"));
        assertThat(found.mistakes()).noneMatch(mistake -> mistake.contains(algorithm.toString()));
        assertThat(found.engine().worker(algorithm)).startsWith("SunRsaSign");
        assertThat(KnownAnswers.read().of(algorithm))
                .isNotEmpty()
                .allSatisfy(
                        answer -> assertThat(found.engine().verify(answer.key(), answer.signed(), answer.signature()))
                                .as(answer.name())
                                .isEqualTo(answer.isGood()));
    }

    @Test
    void whatNobodyOffersIsNeverGood() {
        SignatureEngine engine = SignatureEngines.named("SunRsaSign").engine();
        byte[] good = KEY.sign(TestAlgorithm.ES256, SIGNED);
        assertThat(engine.verify(VERIFYING, SIGNED, good)).isFalse();
        assertThat(engine.verifyOnce(VERIFYING, SIGNED, good)).isFalse();
    }

    @Test
    void aNameThatNobodyHasIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> SignatureEngines.named("NoSuchProvider"))
                .withMessageContaining("tokenguard.crypto-provider")
                .withMessageContaining("NoSuchProvider")
                .withMessageContaining("auto or jdk");
    }

    /** Offers what another one does, under a name of its own. */
    private static final class Renamed extends Provider {
        private static final long serialVersionUID = 1L;

        Renamed(Provider other) {
            super("Renamed", "1", "another one's services");
            Provider.Service signatures = other.getService("Signature", "SHA256withECDSA");
            putService(
                    new Provider.Service(
                            this,
                            "Signature",
                            "SHA256withECDSA",
                            signatures.getClassName(),
                            List.of(),
                            java.util.Map.of()) {
                        @Override
                        public Object newInstance(Object parameter) throws java.security.NoSuchAlgorithmException {
                            return signatures.newInstance(parameter);
                        }
                    });
        }
    }
}
