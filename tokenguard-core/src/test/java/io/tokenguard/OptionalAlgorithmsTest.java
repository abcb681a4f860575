package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dpop;
import io.tokenguard.internal.jose.BouncyKey;
import io.tokenguard.internal.jose.JwkThumbprint;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithms that have to be named: Ed448 (RFC 9864), ES256K (RFC 8812), ML-DSA (RFC 9964). */
class OptionalAlgorithmsTest {
    private static final String TARGET = "https://api.example.com/orders";
    private static final Map<SignatureAlgorithm, BouncyKey> KEYS = new EnumMap<>(SignatureAlgorithm.class);
    private static TestIssuer issuer;
    private static Path keySet;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        issuer = TestIssuer.start();
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            if (!SignatureAlgorithm.defaults().contains(algorithm) && !algorithm.isHmac()) {
                BouncyKey key = BouncyKey.generate(algorithm, algorithm.name());
                KEYS.put(algorithm, key);
                issuer.publishJwk(key.jwk());
            }
        }
        keySet = Files.writeString(folder.resolve("keys.json"), issuer.jwksJson());
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static CompactToken signed(SignatureAlgorithm named, BouncyKey key) {
        CompactToken token = CompactToken.parse(issuer.token()
                .header("kid", key.keyId())
                .unsigned(named.joseNames().get(0)));
        return token.withSignature(key.sign(token.signingInput()));
    }

    private static CompactToken signed(SignatureAlgorithm algorithm) {
        return signed(algorithm, KEYS.get(algorithm));
    }

    private static TokenGuard accepting(SignatureAlgorithm... algorithms) {
        return guarding(issuer, settings -> settings.keysFrom(keySet).algorithms(algorithms))
                .build();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"ED448", "ES256K", "ML_DSA.*"})
    void areAcceptedWhereTheyAreNamed(SignatureAlgorithm algorithm) {
        try (TokenGuard guard = accepting(algorithm)) {
            CompactToken good = signed(algorithm);
            assertThat(reasonOf(guard.decide(bearing(good.compact())))).isNull();
            byte[] flipped = good.signatureBytes();
            flipped[flipped.length / 2] ^= 1;
            assertThat(reasonOf(guard.decide(bearing(good.withSignature(flipped).compact()))))
                    .isEqualTo(RefusalReason.SIGNATURE_INVALID);
            assertThat(reasonOf(guard.decide(
                            bearing(good.withSignature(new byte[flipped.length]).compact()))))
                    .isEqualTo(RefusalReason.SIGNATURE_INVALID);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"ED448", "ES256K", "ML_DSA.*"})
    void areRefusedByDefault(SignatureAlgorithm algorithm) {
        try (TokenGuard guard =
                guarding(issuer, settings -> settings.keysFrom(keySet)).build()) {
            assertThat(reasonOf(guard.decide(bearing(signed(algorithm).compact()))))
                    .isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
            assertThat(reasonOf(guard.decide(bearing(issuer.token().sign())))).isNull();
        }
    }

    /** A true signature on another curve of the same size. */
    @Test
    void neverVerifyWithAKeyOfAnotherCurve() {
        try (TokenGuard guard = accepting(SignatureAlgorithm.ES256, SignatureAlgorithm.ES256K)) {
            CompactToken crossed = signed(SignatureAlgorithm.ES256, KEYS.get(SignatureAlgorithm.ES256K));
            assertThat(reasonOf(guard.decide(bearing(crossed.compact())))).isEqualTo(RefusalReason.KEY_UNUSABLE);
        }
    }

    @Test
    void neverVerifyWithAKeyOfOtherParameters() {
        try (TokenGuard guard = accepting(SignatureAlgorithm.ML_DSA_44, SignatureAlgorithm.ML_DSA_65)) {
            CompactToken crossed = signed(SignatureAlgorithm.ML_DSA_65, KEYS.get(SignatureAlgorithm.ML_DSA_44));
            assertThat(reasonOf(guard.decide(bearing(crossed.compact())))).isEqualTo(RefusalReason.KEY_UNUSABLE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"ED448", "ES256K", "ML_DSA.*"})
    void signProofsWhereTheyAreNamed(SignatureAlgorithm algorithm) {
        BouncyKey key = BouncyKey.generate(algorithm, "client");
        String token = issuer.token()
                .claim("cnf", Map.of("jkt", JwkThumbprint.of(key.publicKey())))
                .sign();
        try (TokenGuard named = proving(Dpop.supported().algorithms(algorithm));
                TokenGuard usual = proving(Dpop.supported())) {
            assertThat(reasonOf(named.decide(proven(token, key)))).isNull();
            assertThat(reasonOf(usual.decide(proven(token, key)))).isEqualTo(RefusalReason.PROOF_INVALID);
        }
    }

    private static TokenGuard proving(Dpop dpop) {
        return guarding(issuer, settings -> settings.keysFrom(keySet))
                .resourceHosts("api.example.com")
                .dpop(dpop)
                .build();
    }

    private static IncomingRequest proven(String token, BouncyKey key) {
        CompactToken proof = CompactToken.parse(DpopClient.create()
                .proof("GET", TARGET)
                .forToken(token)
                .issuedAt(Clock.systemUTC().instant())
                .header("alg", key.algorithm().joseNames().get(0))
                .header("jwk", key.members())
                .sign());
        return GuardedIssuer.request()
                .header("Host", "api.example.com")
                .header("Authorization", "DPoP " + token)
                .header(
                        "DPoP",
                        proof.withSignature(key.sign(proof.signingInput())).compact())
                .build();
    }

    /** 16 384 characters of claims and a signature of ML-DSA-87 fit. */
    @Test
    void raiseTheLongestTokenByTheLengthOfTheirSignatures() {
        try (TokenGuard lattice = accepting(SignatureAlgorithm.ML_DSA_87);
                TokenGuard usual = accepting(SignatureAlgorithm.ES256)) {
            assertThat(reasonOf(lattice.decide(bearing("a".repeat(24_576))))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
            assertThat(reasonOf(lattice.decide(bearing("a".repeat(24_577))))).isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
            assertThat(reasonOf(usual.decide(bearing("a".repeat(16_385))))).isEqualTo(RefusalReason.TOKEN_TOO_LARGE);
        }
    }

    @Test
    void areVerifiedWithKeysInCode() {
        BouncyKey key = KEYS.get(SignatureAlgorithm.ML_DSA_65);
        VerificationKey given = new VerificationKey(key.keyId(), key.algorithm(), key.publicKey());
        try (TokenGuard guard = guarding(
                        issuer, settings -> settings.keys(given).algorithms(SignatureAlgorithm.ML_DSA_65))
                .build()) {
            assertThat(reasonOf(guard.decide(
                            bearing(signed(SignatureAlgorithm.ML_DSA_65).compact()))))
                    .isNull();
        }
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    void areRefusedAtStartWhereNoProviderHasThem() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> guarding(
                                issuer, settings -> settings.keysFrom(keySet).algorithms(SignatureAlgorithm.ML_DSA_44))
                        .cryptoProvider("jdk")
                        .build())
                .withMessageContaining("no provider verifies ML-DSA-44")
                .withMessageContaining(
                        "use Java 24 or later, or put org.bouncycastle:bcprov-jdk18on on the class path");
    }

    /** Providers differ in which keys they convert: every one reads every key by its encoding. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "BC"})
    void areVerifiedByTheNamedProvider(String provider) {
        try (TokenGuard guard = guarding(
                        issuer, settings -> settings.keysFrom(keySet).algorithms(SignatureAlgorithm.ED448))
                .cryptoProvider(provider)
                .dpop(Dpop.off())
                .build()) {
            assertThat(reasonOf(guard.decide(
                            bearing(signed(SignatureAlgorithm.ED448).compact()))))
                    .isNull();
        }
    }
}
