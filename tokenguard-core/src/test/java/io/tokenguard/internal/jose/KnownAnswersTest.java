package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.Provider;
import java.security.Security;
import java.security.SignatureException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class KnownAnswersTest {
    private static final KnownAnswers ANSWERS = KnownAnswers.read();

    private static JcaScheme scheme(Provider provider, SignatureAlgorithm algorithm) {
        JcaAlgorithm known = JcaAlgorithm.of(algorithm);
        return new JcaScheme(known, known.nameAt(provider).orElseThrow(), Optional.of(provider));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_NONE,
            names = {"ES256K", "ML_DSA.*", "HS.*"})
    void areThoseOfThePlatform(SignatureAlgorithm algorithm) {
        SignatureScheme platform =
                Objects.requireNonNull(PlatformProvider.schemes().get(algorithm));
        assertThat(ANSWERS.mistakeOf(platform, algorithm)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"ED448", "ES256K", "ML_DSA.*"})
    void areThoseOfBouncyCastle(SignatureAlgorithm algorithm) {
        assertThat(ANSWERS.mistakeOf(scheme(new BouncyCastleProvider(), algorithm), algorithm))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "ML_DSA.*")
    @EnabledForJreRange(minVersion = 24)
    void areThoseOfThePlatformFromJava24On(SignatureAlgorithm algorithm) {
        areThoseOfThePlatform(algorithm);
    }

    /** What is out of range is never shown to a provider, and so says nothing about one. */
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = "HS.*")
    void areOfBothKindsAndInRange(SignatureAlgorithm algorithm) {
        assertThat(ANSWERS.of(algorithm))
                .extracting(KnownAnswers.Answer::isGood)
                .contains(true, false);
        assertThat(ANSWERS.of(algorithm))
                .allMatch(answer -> SignatureRange.of(answer.key().publicKey()).covers(answer.signature()));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = "HS.*")
    void giveAwayWhoTakesEverything(SignatureAlgorithm algorithm) {
        SignatureScheme everything = new FixedScheme((signed, signature) -> true);
        assertThat(ANSWERS.mistakeOf(everything, algorithm)).contains("other-text");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = "HS.*")
    void giveAwayWhoTakesNothing(SignatureAlgorithm algorithm) {
        SignatureScheme nothing = new FixedScheme((signed, signature) -> false);
        assertThat(ANSWERS.mistakeOf(nothing, algorithm)).contains("plain");
    }

    /** RFC 8017 §9.2: the platform's provider takes a DigestInfo without its NULL. */
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "RS.*")
    void giveAwayWhoTakesAnotherSpellingOfAnRsaSignature(SignatureAlgorithm algorithm) {
        Provider lenient = Security.getProvider("SunRsaSign");
        assertThat(ANSWERS.mistakeOf(scheme(lenient, algorithm), algorithm)).contains("no-null");
    }

    /** To throw is to refuse: right of a bad signature, wrong of a good one. */
    @Test
    void giveAwayWhoThrowsAtAGoodSignature() {
        SignatureScheme throwing = new FixedScheme((signed, signature) -> {
            throw new SignatureException("no");
        });
        assertThat(ANSWERS.mistakeOf(throwing, SignatureAlgorithm.ES256)).contains("plain");
        assertThat(ANSWERS.of(SignatureAlgorithm.ES256))
                .allMatch(
                        answer -> answer.isGivenBy(throwing.prepare(answer.key().publicKey())) != answer.isGood());
    }

    /** No verdict may depend on those before it. */
    @Test
    void giveAwayWhoIsRightTheFirstTimeOnly() {
        KnownAnswers.Answer first = ANSWERS.of(SignatureAlgorithm.ES256).get(0);
        PreparedKey platform = Objects.requireNonNull(PlatformProvider.schemes().get(SignatureAlgorithm.ES256))
                .prepare(first.key().publicKey());
        AtomicInteger count = new AtomicInteger();
        SignatureScheme tiring = new FixedScheme(
                (signed, signature) -> platform.verify(signed, signature) && count.incrementAndGet() <= 3);
        assertThat(ANSWERS.mistakeOf(tiring, SignatureAlgorithm.ES256)).contains("plain");
    }

    @Test
    void giveAwayWhoBreaksWithAKeyOrWithASignature() {
        SignatureScheme byKey = new JcaScheme(
                JcaAlgorithm.of(SignatureAlgorithm.ES256), "SHA256withECDSA", Optional.of(new BrokenProvider(true)));
        assertThat(ANSWERS.mistakeOf(byKey, SignatureAlgorithm.ES256)).contains("it does not run");
        SignatureScheme bySignature = new JcaScheme(
                JcaAlgorithm.of(SignatureAlgorithm.ES256), "SHA256withECDSA", Optional.of(new BrokenProvider(false)));
        assertThat(ANSWERS.mistakeOf(bySignature, SignatureAlgorithm.ES256)).contains("plain");
    }
}
