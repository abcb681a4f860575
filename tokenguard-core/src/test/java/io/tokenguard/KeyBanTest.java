package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Revocations;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A banned key verifies nothing, under whatever key ID it is published. */
class KeyBanTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TestKey STOLEN = TestKey.generate(TestAlgorithm.ES256, "stolen");
    private static final TestKey RENAMED = STOLEN.withKid("renamed");
    private static final TestKey GOOD = TestKey.generate(TestAlgorithm.ES256, "good");

    private final DrilledRevocationStore store = new DrilledRevocationStore();
    private final TestIssuer issuer = TestIssuer.builder().keys(GOOD).start();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TokenGuard guard() {
        store.sync();
        TokenGuard guard =
                guarding(issuer).revocations(Revocations.shared(store)).build();
        assertThat(guard.awaitReady(PATIENCE)).isTrue();
        return guard;
    }

    private RefusalReason judge(TokenGuard guard, TestKey key) {
        return reasonOf(guard.decide(bearing(issuer.token().key(key).sign())));
    }

    @ParameterizedTest
    @EnumSource(
            value = TestAlgorithm.class,
            names = {"RS256", "PS256", "ES256", "ES384", "ES512", "EDDSA"})
    void aKeyThatStandsUnderASecondKeyIdIsBannedThereToo(TestAlgorithm algorithm) {
        TestKey stolen = TestKey.generate(algorithm, "stolen");
        issuer.publish(stolen);
        issuer.publish(stolen.withKid("renamed"));
        try (TokenGuard guard = guard()) {
            assertThat(judge(guard, stolen.withKid("renamed"))).isNull();
            assertThat(guard.banKey("stolen")).isTrue();
            assertThat(judge(guard, stolen)).isEqualTo(RefusalReason.KEY_REFUSED);
            assertThat(judge(guard, stolen.withKid("renamed"))).isEqualTo(RefusalReason.KEY_REFUSED);
            assertThat(judge(guard, GOOD)).isNull();
        }
    }

    @Test
    void aKeyThatIsLoadedLaterUnderABannedKeyIdStaysBannedUnderAnother() {
        try (TokenGuard guard = guard()) {
            assertThat(guard.banKey("stolen")).isTrue();
            issuer.publish(STOLEN);
            assertThat(judge(guard, STOLEN)).isEqualTo(RefusalReason.KEY_REFUSED);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(store.published())
                            .extracting(Revocation::target)
                            .contains(Revocation.keyOf(issuer.issuer(), STOLEN.thumbprint())
                                    .target()));
        }
    }

    @Test
    void anIssuerCanNotHaveTheKeyOfAnotherOneBanned() {
        issuer.publish(GOOD.withKid("stolen"));
        try (TestIssuer other = TestIssuer.builder().keys(GOOD).path("/other").start();
                TokenGuard guard = guarding(issuer)
                        .issuer(GuardedIssuer.trusted(other).build())
                        .build()) {
            assertThat(guard.awaitReady(PATIENCE)).isTrue();
            assertThat(guard.banKey("stolen")).isTrue();
            assertThat(judge(guard, GOOD)).isEqualTo(RefusalReason.KEY_REFUSED);
            assertThat(reasonOf(guard.decide(bearing(other.token().sign())))).isNull();
        }
    }

    @Test
    void aBanThatTheStoreDidNotKeepIsOfferedAgain() {
        issuer.publish(STOLEN);
        AtomicBoolean isFull = new AtomicBoolean(true);
        DrilledRevocationStore filling = new DrilledRevocationStore() {
            @Override
            public boolean publish(Revocation revocation) {
                return !isFull.get() && super.publish(revocation);
            }
        };
        filling.sync();
        try (TokenGuard guard =
                guarding(issuer).revocations(Revocations.shared(filling)).build()) {
            assertThat(guard.awaitReady(PATIENCE)).isTrue();
            assertThat(guard.banKey("stolen")).isFalse();
            isFull.set(false);
            assertThat(guard.banKey("other")).isTrue();
            assertThat(filling.published())
                    .extracting(Revocation::target)
                    .contains(
                            Revocation.keyId("stolen").target(),
                            Revocation.keyOf(issuer.issuer(), STOLEN.thumbprint())
                                    .target());
        }
    }

    @Test
    void aKeyIsBannedByItsThumbprint() {
        issuer.publish(RENAMED);
        try (TokenGuard guard = guard()) {
            assertThat(guard.banKeyByThumbprint(STOLEN.thumbprint())).isTrue();
            assertThat(judge(guard, RENAMED)).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @Test
    void anEmptyKeyIdIsRefused() {
        try (TokenGuard guard = guard()) {
            assertThatThrownBy(() -> guard.banKey(""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("keyId is empty");
        }
    }

    @Test
    void whatIsNoThumbprintIsNotTaken() {
        try (TokenGuard guard = guard()) {
            assertThatThrownBy(() -> guard.banKeyByThumbprint("stolen")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aBanGoesToTheOtherNodesAndNeverExpires() {
        issuer.publish(STOLEN);
        try (TokenGuard guard = guard()) {
            assertThat(guard.banKey("stolen")).isTrue();
            assertThat(store.published())
                    .extracting(Revocation::kind)
                    .containsExactlyInAnyOrder(Revocation.Kind.KEY_ID, Revocation.Kind.KEY);
            assertThat(store.published())
                    .allSatisfy(ban ->
                            assertThat(ban.forgetAt().orElseThrow().toString()).startsWith("9999-12-31"));
        }
    }

    @Test
    void aBanOfAnotherNodeIsInForceHere() {
        issuer.publish(STOLEN);
        issuer.publish(RENAMED);
        try (TokenGuard guard = guard()) {
            store.bring(Revocation.keyId("stolen"));
            assertThat(judge(guard, STOLEN)).isEqualTo(RefusalReason.KEY_REFUSED);
            assertThat(judge(guard, RENAMED)).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @Test
    void aBanThatTheStoreDoesNotKeepIsInForceAndSaidNotToBeKept() {
        DrilledRevocationStore full = new DrilledRevocationStore() {
            @Override
            public boolean publish(Revocation revocation) {
                return false;
            }
        };
        full.sync();
        try (TokenGuard guard =
                guarding(issuer).revocations(Revocations.shared(full)).build()) {
            assertThat(guard.banKey("good")).isFalse();
            assertThat(judge(guard, GOOD)).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @Test
    void aTokenThatIsInTheCacheIsRefused() {
        issuer.publish(STOLEN);
        issuer.publish(RENAMED);
        String token = issuer.token().key(RENAMED).sign();
        try (TokenGuard guard = guard()) {
            assertThat(reasonOf(guard.decide(bearing(token)))).isNull();
            assertThat(guard.banKey("stolen")).isTrue();
            assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @Test
    void aTokenThatWasGrantedEarlierInTheRequestIsRefused() {
        issuer.publish(STOLEN);
        issuer.publish(RENAMED);
        try (TokenGuard guard = guard()) {
            Decision.Granted granted = (Decision.Granted)
                    guard.decide(bearing(issuer.token().key(RENAMED).sign()));
            assertThat(guard.banKey("stolen")).isTrue();
            assertThat(reasonOf(
                            guard.decideAgain(bearing(""), granted.accessToken().orElseThrow())))
                    .isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @Test
    void aKeyThatIsGivenInCodeIsBannedUnderASecondKeyId() {
        List<VerificationKey> keys = List.of(
                new VerificationKey("stolen", SignatureAlgorithm.ES256, STOLEN.publicKey()),
                new VerificationKey("renamed", SignatureAlgorithm.ES256, STOLEN.publicKey()));
        try (TokenGuard guard = guarding(issuer, settings -> settings.keys(keys.toArray(VerificationKey[]::new)))
                .build()) {
            assertThat(guard.banKey("stolen")).isTrue();
            assertThat(judge(guard, RENAMED)).isEqualTo(RefusalReason.KEY_REFUSED);
        }
    }

    @Test
    void aBanOutlivesAReconfigureAndGoesToANewStore() {
        issuer.publish(STOLEN);
        try (TokenGuard guard = guarding(issuer).build()) {
            assertThat(guard.awaitReady(PATIENCE)).isTrue();
            assertThat(guard.banKey("stolen")).isTrue();
            store.sync();
            guard.reconfigure(guarding(issuer).revocations(Revocations.shared(store)));
            assertThat(judge(guard, STOLEN)).isEqualTo(RefusalReason.KEY_REFUSED);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(store.published())
                            .extracting(Revocation::kind)
                            .containsExactlyInAnyOrder(Revocation.Kind.KEY_ID, Revocation.Kind.KEY));
        }
    }
}
