package io.tokenguard.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jcajce.spec.ContextParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures that NIST and Project Wycheproof have published, good and bad, judged by each provider that has the algorithm. */
class GivenVectorTest {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final List<GivenVector> VECTORS = GivenVector.all();

    /** Each algorithm with each provider that has it in this process. */
    static Stream<Arguments> providers() {
        Map<String, SignatureEngine> engines = new LinkedHashMap<>();
        engines.put("JDK " + Runtime.version().feature(), SignatureEngine.platform());
        engines.put("Bouncy Castle", SignatureEngines.by(BOUNCY_CASTLE).engine());
        return engines.entrySet().stream()
                .flatMap(provider -> EnumSet.allOf(SignatureAlgorithm.class).stream()
                        .filter(algorithm -> provider.getValue().covers(algorithm))
                        .filter(algorithm -> VECTORS.stream().anyMatch(vector -> vector.algorithm() == algorithm))
                        .map(algorithm -> Arguments.of(algorithm, provider.getKey(), provider.getValue())));
    }

    private static List<GivenVector> of(SignatureAlgorithm algorithm) {
        return VECTORS.stream()
                .filter(vector -> vector.algorithm() == algorithm)
                .toList();
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("providers")
    void isAnsweredAsPublished(SignatureAlgorithm algorithm, String provider, SignatureEngine engine) {
        assertThat(of(algorithm))
                .isNotEmpty()
                .allSatisfy(vector -> assertThat(engine.verify(
                                vector.answer().key(),
                                vector.answer().signed(),
                                vector.answer().signature()))
                        .isEqualTo(vector.isGoodInJose()));
    }

    /** The JDK takes no context, so only Bouncy Castle can answer for the vectors that have one. */
    @Test
    void withAContextIsAnsweredAsPublished() {
        List<GivenVector> vectors =
                VECTORS.stream().filter(GivenVector::hasContext).toList();
        assertThat(vectors)
                .hasSizeGreaterThan(10)
                .allSatisfy(vector -> assertThat(isVerifiedInItsContext(vector))
                        .isEqualTo(vector.answer().isGood()));
    }

    private static boolean isVerifiedInItsContext(GivenVector vector) throws GeneralSecurityException {
        String name = vector.algorithm().joseNames().get(0);
        PublicKey key = KeyFactory.getInstance(name, BOUNCY_CASTLE)
                .generatePublic(
                        new X509EncodedKeySpec(vector.answer().key().publicKey().getEncoded()));
        Signature signature = Signature.getInstance(name, BOUNCY_CASTLE);
        signature.initVerify(key);
        signature.setParameter(new ContextParameterSpec(vector.context()));
        signature.update(vector.answer().signed());
        try {
            return signature.verify(vector.answer().signature());
        } catch (SignatureException refused) {
            return false;
        }
    }

    @Test
    void isGoodAndBadForEachAlgorithmThatHasToBeNamed() {
        Map<SignatureAlgorithm, Set<Boolean>> results = VECTORS.stream()
                .collect(Collectors.groupingBy(
                        GivenVector::algorithm, Collectors.mapping(GivenVector::isGoodInJose, Collectors.toSet())));
        assertThat(results)
                .containsOnlyKeys(EnumSet.complementOf(EnumSet.copyOf(SignatureAlgorithm.defaults())).stream()
                        .filter(algorithm -> !algorithm.isHmac())
                        .toArray(SignatureAlgorithm[]::new))
                .allSatisfy((algorithm, found) -> assertThat(found).containsExactlyInAnyOrder(true, false));
    }

    @Test
    void ofNistIsGoodAndBadForEachParameterSet() {
        assertThat(VECTORS.stream()
                        .filter(vector -> vector.name().startsWith("ml-dsa-nist"))
                        .map(vector -> vector.algorithm() + (vector.isGoodInJose() ? " good" : " bad"))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "ML-DSA-44 good",
                        "ML-DSA-44 bad",
                        "ML-DSA-65 good",
                        "ML-DSA-65 bad",
                        "ML-DSA-87 good",
                        "ML-DSA-87 bad");
    }
}
