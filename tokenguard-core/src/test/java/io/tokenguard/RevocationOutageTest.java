package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardHealth.RevocationHealth;
import io.tokenguard.access.GuardHealth.RevocationState;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** While it can't be told what other nodes revoked, the policy answers, and nothing that is known is forgotten. */
class RevocationOutageTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestClock clock = TestClock.startingAt(NOW);
    private final TestIssuer issuer = TestIssuer.builder().clock(clock).start();
    private final DrilledRevocationStore store = new DrilledRevocationStore();
    private String token;

    @BeforeEach
    void sign() {
        token = issuer.token().tokenId("id").expiresIn(Duration.ofHours(12)).sign();
        RecordedLog.clear();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TokenGuardBuilder settings(FailurePolicy policy) {
        return guarding(issuer)
                .clock(clock)
                .revocations(Revocations.shared(store).outage(policy));
    }

    private RefusalReason decide(TokenGuard guard) {
        return reasonOf(guard.decide(bearing(token)));
    }

    private static List<String> warnings() {
        return RecordedLog.recent().stream()
                .filter(event -> event.logger().contains("revocation"))
                .map(RecordedLog.Event::text)
                .toList();
    }

    @Nested
    class WhereItDenies {
        private final TokenGuard guard = settings(FailurePolicy.FAIL_CLOSED).build();

        @AfterEach
        void close() {
            guard.close();
        }

        @Test
        void isWhatAGuardDoesThatIsToldNothingElse() {
            assertThat(Revocations.shared(store).outage()).isEqualTo(FailurePolicy.FAIL_CLOSED);
        }

        @Test
        void nothingPassesBeforeTheFirstSync() {
            assertThat(decide(guard)).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
            store.sync();
            assertThat(decide(guard)).isNull();
        }

        @Test
        void theAnswerIs503WithRetryAfter() {
            Decision.Refused refused = (Decision.Refused) guard.decide(bearing(token));
            assertThat(refused.challenge().status()).isEqualTo(503);
            assertThat(refused.challenge().headers()).containsKey("Retry-After").doesNotContainKey("WWW-Authenticate");
        }

        @Test
        void tokensPassUntilTheLimitAndNoLonger() {
            store.since(LIMIT);
            assertThat(decide(guard)).isNull();
            store.since(LIMIT.plusMillis(1));
            assertThat(decide(guard)).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
        }

        @Test
        void whatWasTakenInBeforeIsStillRefusedAsRevoked() {
            store.sync();
            store.bring(Revocation.token(issuer.issuer(), "id"));
            store.since(LIMIT.plusSeconds(1));
            assertThat(decide(guard)).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void whatIsRevokedHereIsRefusedAtOnceAndHandedOn() {
            store.since(LIMIT.plusSeconds(1));
            guard.revoke(Revocation.token(issuer.issuer(), "id"));
            assertThat(decide(guard)).isEqualTo(RefusalReason.REVOKED);
            assertThat(store.published()).hasSize(1);
        }

        @Test
        void itHoldsForTokensWithoutARequestToo() {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> guard.validate(token))
                    .matches(refused -> refused.reason() == RefusalReason.REVOCATION_UNKNOWN);
        }

        /** A paused process does not know that it was paused; the first request after the pause must not pass unchecked. */
        @Test
        void afterAPauseTheFirstRequestWaitsForTheNextSync() throws RefusedException {
            store.sync();
            AccessToken good = guard.validate(token);
            clock.advance(Duration.ofMinutes(10));
            store.since(Duration.ofMinutes(10));
            assertThat(decide(guard)).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> guard.validateAgain(good))
                    .matches(refused -> !refused.reason().isVerdict());
            store.sync();
            assertThat(decide(guard)).isNull();
        }

        @Test
        void healthSaysSoAndWhySinceWhen() {
            store.sync();
            assertThat(guard.awaitReady(Duration.ofSeconds(30))).isTrue();
            assertThat(guard.health().revocation().state()).isEqualTo(RevocationState.KNOWN);
            store.since(Duration.ofSeconds(30));
            store.fail("connection refused");
            assertThat(guard.health().revocation().state()).isEqualTo(RevocationState.DEGRADED);
            assertThat(guard.health().isReady()).isTrue();
            store.since(Duration.ofSeconds(90));
            RevocationHealth cutOff = guard.health().revocation();
            assertThat(cutOff.state()).isEqualTo(RevocationState.UNKNOWN);
            assertThat(cutOff.syncedAt()).contains(NOW.minusSeconds(90));
            assertThat(cutOff.trouble()).contains("connection refused");
            assertThat(guard.health().isReady()).isFalse();
        }
    }

    @Nested
    class WhereItAllows {
        private final TokenGuard guard = settings(FailurePolicy.FAIL_OPEN).build();

        @AfterEach
        void close() {
            guard.close();
        }

        @Test
        void tokensPassBeforeTheFirstSyncAndLongAfterTheLast() {
            assertThat(decide(guard)).isNull();
            store.since(Duration.ofHours(5));
            assertThat(decide(guard)).isNull();
        }

        @Test
        void whatWasTakenInBeforeIsStillRefusedAsRevoked() {
            store.bring(Revocation.token(issuer.issuer(), "id"));
            assertThat(decide(guard)).isEqualTo(RefusalReason.REVOKED);
        }

        @Test
        void oneWarningInAMinuteSaysSo() {
            for (int second = 0; second < 120; second++) {
                assertThat(decide(guard)).isNull();
                clock.advance(Duration.ofSeconds(1));
            }
            assertThat(warnings())
                    .hasSize(2)
                    .allSatisfy(text -> assertThat(text).contains("fail-open"));
        }

        @Test
        void whileInSyncNothingIsSaid() {
            store.sync();
            assertThat(decide(guard)).isNull();
            assertThat(warnings()).isEmpty();
        }

        @Test
        void healthIsDegradedAndReady() {
            assertThat(guard.health().revocation().state()).isEqualTo(RevocationState.DEGRADED);
            assertThat(guard.health().revocation().syncedAt()).isEmpty();
            assertThat(guard.awaitReady(Duration.ofSeconds(30))).isTrue();
        }
    }

    /** A revocation that does not fit into the memory of this node is not lost silently. */
    @Nested
    class WhereTheMemoryIsFull {
        private TokenGuard full(FailurePolicy policy) {
            TokenGuard guard = guarding(issuer)
                    .clock(clock)
                    .revocations(Revocations.local().capacity(1_000).outage(policy))
                    .build();
            for (int i = 0; i < 1_000; i++) {
                guard.revoke(Revocation.token(issuer.issuer(), "known" + i));
            }
            assertThat(decide(guard)).isNull();
            guard.revoke(Revocation.token(issuer.issuer(), "id").until(NOW.plusSeconds(600)));
            return guard;
        }

        @Test
        void tokensAreDeniedUntilTheLostRevocationIsOver() {
            try (TokenGuard guard = full(FailurePolicy.FAIL_CLOSED)) {
                assertThat(decide(guard)).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
                assertThat(guard.health().revocation().trouble()).contains("memory full");
                clock.advance(Duration.ofSeconds(599));
                assertThat(decide(guard)).isEqualTo(RefusalReason.REVOCATION_UNKNOWN);
                clock.advance(Duration.ofSeconds(1));
                assertThat(decide(guard)).isNull();
            }
        }

        @Test
        void orPassWithAWarningAndTheLossIsAnError() {
            try (TokenGuard guard = full(FailurePolicy.FAIL_OPEN)) {
                assertThat(decide(guard)).isNull();
                assertThat(warnings()).anyMatch(text -> text.contains("A revocation was not stored"));
                assertThat(guard.health().revocation().state()).isEqualTo(RevocationState.DEGRADED);
            }
        }

        @Test
        void theOtherNodesAreToldAllTheSame() {
            try (TokenGuard guard = guarding(issuer)
                    .clock(clock)
                    .revocations(Revocations.shared(store).capacity(1_000))
                    .build()) {
                for (int i = 0; i < 1_001; i++) {
                    guard.revoke(Revocation.token(issuer.issuer(), "known" + i));
                }
                assertThat(store.published()).hasSize(1_001);
            }
        }
    }

    @Nested
    class TheStore {
        @Test
        void isFollowedOnceAndClosedWithTheGuard() {
            TokenGuard guard = settings(FailurePolicy.FAIL_CLOSED).build();
            guard.reconfigure(settings(FailurePolicy.FAIL_OPEN));
            assertThat(store.followers()).isEqualTo(1);
            assertThat(store.isClosed()).isFalse();
            guard.close();
            assertThat(store.isClosed()).isTrue();
        }

        @Test
        void isClosedWhereANewConfigurationLeavesItOut() {
            try (TokenGuard guard = settings(FailurePolicy.FAIL_CLOSED).build()) {
                store.bring(Revocation.token(issuer.issuer(), "id"));
                guard.reconfigure(guarding(issuer).clock(clock));
                assertThat(store.isClosed()).isTrue();
                assertThat(decide(guard)).isEqualTo(RefusalReason.REVOKED);
            }
        }

        /** What it delivers can only revoke. */
        @Test
        void canNotAllowWhatIsRevoked() {
            try (TokenGuard guard = settings(FailurePolicy.FAIL_CLOSED).build()) {
                store.sync();
                Revocation revocation = Revocation.token(issuer.issuer(), "id");
                guard.revoke(revocation);
                store.bring(revocation.until(NOW.minusSeconds(1)));
                store.bring(revocation.issuedBefore(Instant.EPOCH));
                store.bring(revocation.issuedBefore(Instant.MIN).until(Instant.MIN));
                assertThat(decide(guard)).isEqualTo(RefusalReason.REVOKED);
            }
        }

        @Test
        void thatFailsWhenItIsAskedIsAnsweredWith503() {
            DrilledRevocationStore failing = new DrilledRevocationStore() {
                @Override
                public java.util.Optional<Duration> sinceSync() {
                    throw new IllegalStateException("a store that breaks");
                }
            };
            try (TokenGuard guard = guarding(issuer)
                    .clock(clock)
                    .revocations(Revocations.shared(failing))
                    .build()) {
                assertThat(decide(guard)).isEqualTo(RefusalReason.INTERNAL_FAILURE);
            }
        }

        @Test
        void thatFailsToPublishIsToldOfAndTheRevocationBites() {
            DrilledRevocationStore failing = new DrilledRevocationStore() {
                @Override
                public boolean publish(Revocation revocation) {
                    throw new IllegalStateException("a store that breaks");
                }
            };
            failing.sync();
            try (TokenGuard guard = guarding(issuer)
                    .clock(clock)
                    .revocations(Revocations.shared(failing))
                    .build()) {
                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(() -> guard.revoke(Revocation.token(issuer.issuer(), "id")));
                assertThat(decide(guard)).isEqualTo(RefusalReason.REVOKED);
            }
        }
    }
}
