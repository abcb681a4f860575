package io.tokenguard.internal.possession;

import static io.tokenguard.internal.Attempt.detailOf;
import static io.tokenguard.internal.Attempt.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.DpopProofBuilder;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449 §4.2 and §4.3, steps 2 to 7. */
class DpopProofReaderTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "client");
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000_000);
    private static final Set<SignatureAlgorithm> ALGORITHMS =
            Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.RS256);

    private final DpopProofReader reader = new DpopProofReader(ALGORITHMS);

    private static DpopProofBuilder proof() {
        return DpopClient.withKey(KEY, TestClock.startingAt(NOW))
                .proof("GET", "https://api.example.com/orders")
                .forToken("a.b.c");
    }

    private String flawOf(DpopProofBuilder proof) {
        String text = proof.sign();
        assertThat(reasonOf(() -> reader.read(text))).isEqualTo(RefusalReason.PROOF_INVALID);
        return detailOf(() -> reader.read(text));
    }

    private DpopProof read(DpopProofBuilder proof) throws RefusedException {
        return reader.read(proof.sign());
    }

    @Test
    void readsWhatTheClientHasStated() throws RefusedException {
        DpopProof proof = read(proof().claim("jti", "one").claim("nonce", "fresh"));
        assertThat(proof.method()).isEqualTo("GET");
        assertThat(proof.target()).isEqualTo("https://api.example.com/orders");
        assertThat(proof.proofId()).isEqualTo("one");
        assertThat(proof.nonce()).isEqualTo("fresh");
        assertThat(proof.times().issuedAt()).isEqualTo(NOW);
        assertThat(proof.times().expiresAt()).isEmpty();
        assertThat(proof.times().notBefore()).isEmpty();
        assertThat(proof.signature().thumbprint()).isEqualTo(KEY.thumbprint());
        assertThat(proof.signature().isGood(SignatureEngine.platform())).isTrue();
    }

    @Test
    void theSignatureIsThatOfTheKeyInTheHeader() throws RefusedException {
        DpopProof forged = read(proof().signedBy(TestKey.generate(TestAlgorithm.ES256, "other")));
        assertThat(forged.signature().isGood(SignatureEngine.platform())).isFalse();
    }

    @Test
    void showsNothingOfAProof() throws RefusedException {
        DpopProof proof = read(proof());
        assertThat(proof).hasToString("DpopProof[not shown]");
        assertThat(proof.signature()).hasToString("ProofSignature[not shown]");
    }

    @Test
    void readsOptionalTimes() throws RefusedException {
        ProofTimes times = read(proof().claim("exp", 2_000_000_060L).claim("nbf", 1_999_999_990.9))
                .times();
        assertThat(times.expiresAt()).contains(NOW.plusSeconds(60));
        assertThat(times.notBefore()).contains(NOW.minusSeconds(10));
    }

    @Test
    void anOptionalClaimMayBeNullOrEmpty() throws RefusedException {
        assertThat(read(proof().claim("nonce", null)).nonce()).isNull();
        assertThat(read(proof().claim("nonce", "")).nonce()).isNull();
        assertThat(read(proof().claim("exp", null)).times().expiresAt()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"htm", "htu", "jti", "iat", "ath"})
    void aClaimIsMissing(String name) {
        assertThat(flawOf(proof().withoutClaim(name))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"htm", "htu", "jti", "ath"})
    void aTextIsEmptyOrIsNoText(String name) {
        assertThat(flawOf(proof().claim(name, ""))).isEqualTo(name);
        assertThat(flawOf(proof().claim(name, 1L))).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"jti, 256", "nonce, 256", "htm, 256", "ath, 256", "htu, 4096"})
    void aTextIsLimited(String name, int longest) throws RefusedException {
        assertThat(read(proof().claim(name, "x".repeat(longest)))).isNotNull();
        assertThat(flawOf(proof().claim(name, "x".repeat(longest + 1)))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "exp", "nbf"})
    void aTimeIsNotNegativeAndANumber(String name) throws RefusedException {
        assertThat(read(proof().claim(name, 0L))).isNotNull();
        assertThat(flawOf(proof().claim(name, -1L))).isEqualTo(name);
        assertThat(flawOf(proof().claim(name, "2000000000"))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP+JWT", "application/dpop+jwt"})
    void theTypeIsAMediaType(String type) throws RefusedException {
        assertThat(read(proof().header("typ", type))).isNotNull();
    }

    @Test
    void noOtherTypeIsAProof() {
        assertThat(flawOf(proof().header("typ", "JWT"))).isEqualTo("typ");
        assertThat(flawOf(proof().withoutHeader("typ"))).isEqualTo("typ");
    }

    @Test
    void noExtensionIsSupported() {
        assertThat(flawOf(proof().header("crit", List.of("b64")))).isEqualTo("crit");
        assertThat(flawOf(proof().header("b64", false))).isEqualTo("b64");
    }

    @Test
    void theUsualPayloadMayBeStated() throws RefusedException {
        assertThat(read(proof().header("b64", true))).isNotNull();
    }

    @Test
    void theAlgorithmIsOneOfTheConfiguredOnes() {
        String other = proof().header("alg", "PS256").sign();
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> reader.read(other));
        assertThat(refused.detail()).isEqualTo("alg");
        assertThat(refused.finding().found()).isEqualTo("alg PS256");
        assertThat(refused.finding().expected()).isEqualTo("one of [RS256, ES256]");
        assertThat(flawOf(proof().header("alg", "none"))).isEqualTo("alg");
        assertThat(flawOf(proof().withoutHeader("alg"))).isEqualTo("alg");
    }

    @Test
    void theKeyIsInTheHeaderAndFitsTheAlgorithm() {
        assertThat(flawOf(proof().withoutHeader("jwk"))).isEqualTo("jwk");
        assertThat(flawOf(proof().header("jwk", "key"))).isEqualTo("jwk");
        assertThat(flawOf(proof().header("alg", "RS256"))).isEqualTo("jwk is not for this alg");
        assertThat(flawOf(proof().header("jwk", Map.of("kty", "EC", "crv", "P-256"))))
                .isNotEqualTo("jwk is not for this alg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b", ".b.c", "a..c", "a.b.c.d"})
    void aProofHasThreeParts(String text) {
        assertThat(detailOf(() -> reader.read(text))).isEqualTo("not three parts within the limit");
    }

    @Test
    void aProofIsLimited() {
        String two = "a.b.";
        assertThat(detailOf(() -> reader.read(two + "c".repeat(8_192 - two.length()))))
                .isNotEqualTo("not three parts within the limit");
        assertThat(detailOf(() -> reader.read(two + "c".repeat(8_193 - two.length()))))
                .isEqualTo("not three parts within the limit");
    }

    /** Its keys and signatures are longer. */
    @Test
    void aProofMayBeLongerWithMlDsa() {
        DpopProofReader longer = new DpopProofReader(Set.of(SignatureAlgorithm.ML_DSA_44));
        String two = "a.b.";
        assertThat(detailOf(() -> longer.read(two + "c".repeat(16_384 - two.length()))))
                .isNotEqualTo("not three parts within the limit");
        assertThat(detailOf(() -> longer.read(two + "c".repeat(16_385 - two.length()))))
                .isEqualTo("not three parts within the limit");
    }
}
