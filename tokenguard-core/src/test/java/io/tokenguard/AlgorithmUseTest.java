package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.trusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardStats.SignatureStats;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the health says about the algorithms of an issuer, so that an operator sees when an old one can be switched off. */
class AlgorithmUseTest {
    private static final TestKey EC = TestKey.generate(TestAlgorithm.ES256, "ec");
    private static final TestKey RSA = TestKey.generate(TestAlgorithm.RS256, "rsa");
    private static final TestKey LONG = TestKey.rsa(3_072, TestAlgorithm.RS256, "long");

    private final TestIssuer issuer =
            TestIssuer.builder().audience(GuardedIssuer.AUDIENCE).keys(EC, RSA).start();

    @BeforeEach
    void clear() {
        RecordedLog.clear();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static KeyHealth health(TokenGuard guard) {
        assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
        return guard.health().issuers().get(0);
    }

    private RefusalReason judge(TokenGuard guard, TestKey key) {
        return reasonOf(guard.decide(bearing(issuer.token().key(key).sign())));
    }

    @Test
    void keysAreCountedByAlgorithm() {
        issuer.publishJwk(LONG.publicJwkWithoutAlg());
        try (TokenGuard guard = guarding(issuer).build()) {
            assertThat(health(guard).keysByAlgorithm())
                    .containsEntry(SignatureAlgorithm.ES256, 1)
                    .containsEntry(SignatureAlgorithm.RS256, 2)
                    .containsEntry(SignatureAlgorithm.PS512, 1)
                    .doesNotContainKey(SignatureAlgorithm.ES384);
        }
    }

    @Test
    void keysInCodeAndASecretAreCountedToo() {
        VerificationKey given = new VerificationKey("ec", SignatureAlgorithm.ES256, EC.publicKey());
        try (TokenGuard guard =
                guarding(issuer, settings -> settings.keys(given)).build()) {
            assertThat(health(guard).keysByAlgorithm()).isEqualTo(Map.of(SignatureAlgorithm.ES256, 1));
        }
        try (TokenGuard guard =
                guarding(issuer, settings -> settings.hmacSecret(new byte[32])).build()) {
            assertThat(health(guard).keysByAlgorithm()).isEqualTo(Map.of(SignatureAlgorithm.HS256, 1));
            assertThat(health(guard).signaturesByAlgorithm()).isEqualTo(Map.of(SignatureAlgorithm.HS256, 0L));
        }
    }

    @Test
    void validSignaturesAreCountedOncePerTokenAndByAcceptedAlgorithm() {
        SignatureAlgorithm[] accepted = {SignatureAlgorithm.ES256, SignatureAlgorithm.RS256, SignatureAlgorithm.PS256};
        try (TokenGuard guard =
                guarding(issuer, settings -> settings.algorithms(accepted)).build()) {
            String reused = issuer.token().key(EC).sign();
            assertThat(reasonOf(guard.decide(bearing(reused)))).isNull();
            assertThat(reasonOf(guard.decide(bearing(reused)))).isNull();
            assertThat(judge(guard, EC)).isNull();
            assertThat(judge(guard, TestKey.generate(TestAlgorithm.RS256, "rsa")))
                    .isEqualTo(RefusalReason.SIGNATURE_INVALID);
            assertThat(health(guard).signaturesByAlgorithm())
                    .isEqualTo(Map.of(
                            SignatureAlgorithm.ES256, 2L, SignatureAlgorithm.RS256, 0L, SignatureAlgorithm.PS256, 0L));
        }
    }

    @Test
    void countsSurviveANewConfiguration() {
        try (TokenGuard guard = guarding(issuer).build()) {
            assertThat(judge(guard, EC)).isNull();
            guard.reconfigure(guarding(issuer).route("/new public"));
            assertThat(judge(guard, EC)).isNull();
            assertThat(health(guard).signaturesByAlgorithm()).containsEntry(SignatureAlgorithm.ES256, 2L);
        }
    }

    @Test
    void countsAreRightAtOnceAfterARotation() {
        try (TokenGuard guard = guarding(issuer).build()) {
            assertThat(judge(guard, EC)).isNull();
            TestKey next = issuer.rotateTo(TestKey.generate(TestAlgorithm.ES384, "next"));
            assertThat(judge(guard, next)).isNull();
            assertThat(judge(guard, RSA)).isNull();
            assertThat(keys(guard, "ES256", "ES384", "RS256")).containsExactly(1, 1, 1);
            assertThat(signatures(guard, "ES256", "ES384", "RS256")).containsExactly(1L, 1L, 1L);
            issuer.withdraw(EC);
            assertThat(guard.refreshKeys()).isOne();
            KeyDrill.settle(guard);
            assertThat(keys(guard, "ES256", "ES384", "RS256")).containsExactly(0, 1, 1);
            assertThat(signatures(guard, "ES256", "ES384", "RS256")).containsExactly(1L, 1L, 1L);
        }
    }

    @Test
    void countsAreRightAtOnceAfterAReconfiguration() {
        TokenGuardBuilder first =
                guarding(issuer, settings -> settings.algorithms(SignatureAlgorithm.ES256, SignatureAlgorithm.RS256));
        try (TokenGuard guard = first.build()) {
            assertThat(judge(guard, EC)).isNull();
            assertThat(judge(guard, RSA)).isNull();
            guard.reconfigure(guarding(
                    issuer, settings -> settings.algorithms(SignatureAlgorithm.ES256, SignatureAlgorithm.ED25519)));
            assertThat(keys(guard, "ES256", "RS256", "ED25519"))
                    .as("only what is accepted")
                    .containsExactly(1, 0, 0);
            assertThat(health(guard).keysLeftOut().orElseThrow()).contains("algorithm not accepted [RS256");
            assertThat(health(guard).signaturesByAlgorithm())
                    .isEqualTo(Map.of(SignatureAlgorithm.ES256, 1L, SignatureAlgorithm.ED25519, 0L));
            assertThat(judge(guard, EC)).isNull();
            assertThat(judge(guard, RSA)).isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
            assertThat(health(guard).signaturesByAlgorithm()).containsEntry(SignatureAlgorithm.ES256, 2L);
        }
    }

    @Test
    void anIssuerWhoseKeysAreAllLeftOutNeedsAttention() {
        TokenGuardBuilder none = guarding(issuer, settings -> settings.algorithms(SignatureAlgorithm.ED25519));
        try (TokenGuard guard = none.build()) {
            assertThat(judge(guard, EC)).isEqualTo(RefusalReason.ALGORITHM_NOT_ALLOWED);
            assertThat(health(guard).hasNoUsableKey()).isTrue();
            assertThat(guard.health().isDegraded()).isTrue();
            guard.reconfigure(guarding(issuer));
            assertThat(health(guard).hasNoUsableKey()).isFalse();
            assertThat(guard.health().isDegraded()).isFalse();
        }
    }

    private static List<Integer> keys(TokenGuard guard, String... algorithms) {
        Map<SignatureAlgorithm, Integer> keys = health(guard).keysByAlgorithm();
        return Stream.of(algorithms)
                .map(name -> keys.getOrDefault(SignatureAlgorithm.valueOf(name), 0))
                .toList();
    }

    private static List<Long> signatures(TokenGuard guard, String... algorithms) {
        Map<SignatureAlgorithm, Long> signatures = health(guard).signaturesByAlgorithm();
        return Stream.of(algorithms)
                .map(name -> signatures.get(SignatureAlgorithm.valueOf(name)))
                .toList();
    }

    @Test
    void statisticsCountAllIssuersTogetherAndInvalidOnesToo() {
        try (TestIssuer other = TestIssuer.builder()
                        .audience(GuardedIssuer.AUDIENCE)
                        .keys(RSA)
                        .start();
                TokenGuard guard =
                        guarding(issuer).issuer(trusted(other).build()).build()) {
            assertThat(judge(guard, EC)).isNull();
            assertThat(judge(guard, RSA)).isNull();
            assertThat(reasonOf(guard.decide(bearing(other.token().sign())))).isNull();
            assertThat(judge(guard, TestKey.generate(TestAlgorithm.ES256, "ec")))
                    .isEqualTo(RefusalReason.SIGNATURE_INVALID);
            assertThat(guard.stats().signatures())
                    .filteredOn(signatures -> signatures.valid() + signatures.invalid() > 0)
                    .extracting(SignatureStats::algorithm, SignatureStats::valid, SignatureStats::invalid)
                    .containsExactlyInAnyOrder(
                            tuple(SignatureAlgorithm.ES256, 1L, 1L), tuple(SignatureAlgorithm.RS256, 2L, 0L));
        }
    }

    /** The statistics count the tenants of a template together. */
    @Test
    void aTenantHasCountsOfItsOwn() {
        try (TestIssuer blue = TestIssuer.builder()
                        .audience(GuardedIssuer.AUDIENCE)
                        .path("/tenants/blue")
                        .keys(EC, RSA)
                        .start();
                TokenGuard guard = TokenGuard.builder()
                        .issuer(TrustedIssuer.builder(blue.issuer().replace("/blue", "/*"))
                                .audience(GuardedIssuer.AUDIENCE)
                                .build())
                        .issuer(trusted(issuer).build())
                        .route("/orders authenticated")
                        .build()) {
            assertThat(judge(guard, RSA)).isNull();
            assertThat(reasonOf(guard.decide(bearing(blue.token().key(EC).sign()))))
                    .isNull();
            assertThat(reasonOf(guard.decide(bearing(blue.token().key(RSA).sign()))))
                    .isNull();
            assertThat(guard.health().issuers())
                    .filteredOn(KeyHealth::isTenant)
                    .singleElement()
                    .satisfies(tenant -> {
                        assertThat(tenant.keysByAlgorithm())
                                .containsEntry(SignatureAlgorithm.ES256, 1)
                                .containsEntry(SignatureAlgorithm.RS256, 1);
                        assertThat(tenant.signaturesByAlgorithm())
                                .containsEntry(SignatureAlgorithm.ES256, 1L)
                                .containsEntry(SignatureAlgorithm.RS256, 1L);
                    });
            assertThat(guard.stats().signatures())
                    .filteredOn(signatures -> signatures.algorithm() == SignatureAlgorithm.RS256)
                    .extracting(SignatureStats::valid)
                    .containsExactly(2L);
        }
    }

    @Test
    void eachIssuerHasCountsOfItsOwn() {
        try (TestIssuer other = TestIssuer.builder()
                        .audience(GuardedIssuer.AUDIENCE)
                        .keys(RSA)
                        .start();
                TokenGuard guard =
                        guarding(issuer).issuer(trusted(other).build()).build()) {
            assertThat(judge(guard, EC)).isNull();
            assertThat(reasonOf(guard.decide(bearing(other.token().sign())))).isNull();
            assertThat(guard.health().issuers())
                    .filteredOn(keys -> keys.issuer().equals(other.issuer()))
                    .singleElement()
                    .satisfies(keys -> assertThat(keys.signaturesByAlgorithm())
                            .containsEntry(SignatureAlgorithm.RS256, 1L)
                            .containsEntry(SignatureAlgorithm.ES256, 0L));
        }
    }

    private List<String> warnings(TokenGuardBuilder settings) {
        try (TokenGuard guard = settings.build()) {
            health(guard);
            return RecordedLog.recent().stream()
                    .map(RecordedLog.Event::text)
                    .filter(text -> text.contains("RSA below 3072 bits"))
                    .toList();
        }
    }

    private TokenGuardBuilder warning(TestKey... published) {
        issuer.publishRaw("{\"keys\":["
                + String.join(
                        ",", List.of(published).stream().map(TestKey::publicJwk).toList()) + "]}");
        return guarding(issuer, TrustedIssuerBuilder::warnOfShortRsaKeys);
    }

    @Test
    void anIssuerWithShortRsaKeysOnlyIsWarnedOfIfAsked() {
        assertThat(warnings(warning(RSA)))
                .singleElement()
                .asString()
                .contains(issuer.issuer(), "2048 bits", "3072 bits", "tokenguard.", "jwks.warn-short-rsa");
        RecordedLog.clear();
        assertThat(warnings(guarding(issuer))).isEmpty();
    }

    @Test
    void anIssuerWithOneBetterKeyIsNotWarnedOf() {
        assertThat(warnings(warning(RSA, EC))).isEmpty();
        assertThat(warnings(warning(RSA, LONG))).isEmpty();
    }

    @Test
    void shortRsaKeysInCodeAreWarnedOfToo() {
        VerificationKey given = new VerificationKey("rsa", SignatureAlgorithm.RS256, RSA.publicKey());
        assertThat(warnings(guarding(issuer, settings -> settings.keys(given).warnOfShortRsaKeys())))
                .hasSize(1);
    }
}
