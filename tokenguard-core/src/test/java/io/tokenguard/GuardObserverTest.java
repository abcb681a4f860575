package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.Stage;
import io.tokenguard.access.Revocation;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What observers get, and that they change nothing. */
@ExtendWith(TestIssuerExtension.class)
class GuardObserverTest {
    private final List<Object> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private TestIssuer issuer;

    @BeforeEach
    void start(TestIssuer started) {
        issuer = started;
        RecordedLog.clear();
    }

    @AfterEach
    void release() {
        released.countDown();
        RecordedLog.clear();
    }

    private String token() {
        return issuer.token().subject("alice").clientId("shop").sign();
    }

    private final class Recorder implements GuardObserver {
        @Override
        public void refused(Refusal refusal) {
            events.add(refusal.reason());
        }

        @Override
        public void granted(Grant grant) {
            events.add(grant);
        }

        @Override
        public Optional<Consumer<Outcome>> deciding(IncomingRequest request) {
            events.add("deciding");
            return Optional.of(events::add);
        }

        @Override
        public void keysLoaded(GuardHealth.KeyHealth keys) {
            events.add("keys loaded of " + keys.issuer());
        }

        @Override
        public void keysFailed(GuardHealth.KeyHealth keys) {
            events.add("keys failed of " + keys.issuer()
                    + keys.lastFailure().map(unused -> " with a cause").orElse(""));
        }

        @Override
        public void revoked(Revocation revocation, boolean isStored) {
            events.add(revocation.kind() + " " + isStored);
        }

        @Override
        public void stateChanged(GuardHealth health) {
            events.add("ready " + health.isReady());
        }
    }

    private <T> List<T> seen(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void getAGrantWithTheTimesOfItsStages() {
        try (TokenGuard guard = guarding(issuer).observer(new Recorder()).build()) {
            assertThat(reasonOf(guard.decide(bearing(token())))).isNull();
        }
        assertThat(seen(GuardObserver.Grant.class)).singleElement().satisfies(grant -> {
            assertThat(grant.route()).isEqualTo("/orders");
            assertThat(grant.issuer()).isEqualTo(issuer.issuer());
            assertThat(grant.subject()).isEqualTo("alice");
            assertThat(grant.clientId()).isEqualTo("shop");
            assertThat(grant.tokenFingerprint()).hasSize(16);
            assertThat(grant.stages())
                    .containsOnlyKeys(
                            Stage.CREDENTIALS, Stage.TOKEN, Stage.POSSESSION, Stage.REVOCATION, Stage.AUTHORIZATION);
            assertThat(grant.stages().values()).allMatch(time -> !time.isNegative());
        });
    }

    @Test
    void getTheBeginningAndTheEndOfADecision() {
        try (TokenGuard guard = guarding(issuer).observer(new Recorder()).build()) {
            assertThat(reasonOf(guard.decide(request().build()))).isEqualTo(RefusalReason.NO_CREDENTIALS);
        }
        assertThat(events).containsSubsequence("deciding", RefusalReason.NO_CREDENTIALS);
        assertThat(seen(GuardObserver.Outcome.class)).singleElement().satisfies(outcome -> {
            assertThat(reasonOf(outcome.decision())).isEqualTo(RefusalReason.NO_CREDENTIALS);
            assertThat(outcome.route()).isEqualTo("/orders");
            assertThat(outcome.issuer()).isEmpty();
        });
    }

    @Test
    void getLoadsOfKeys() {
        try (TokenGuard guard = guarding(issuer).observer(new Recorder()).build()) {
            assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
            await().untilAsserted(() -> assertThat(events).contains("keys loaded of " + issuer.issuer()));
        }
    }

    @Test
    void getFailedLoadsOfKeysWithTheirCause() {
        issuer.goDown();
        try (TokenGuard guard = guarding(issuer).observer(new Recorder()).build()) {
            await().untilAsserted(
                            () -> assertThat(events).contains("keys failed of " + issuer.issuer() + " with a cause"));
            assertThat(guard.health().isReady()).isFalse();
        }
    }

    @Test
    void getRevocations() {
        try (TokenGuard guard = guarding(issuer).observer(new Recorder()).build()) {
            assertThat(guard.revoke(Revocation.subject(issuer.issuer(), "alice")))
                    .isTrue();
            assertThat(guard.banKey("stolen")).isTrue();
            await().untilAsserted(() -> assertThat(events).contains("SUBJECT true", "KEY_ID true"));
        }
    }

    @Test
    void getChangesOfTheState() {
        issuer.goDown();
        try (TokenGuard guard = guarding(issuer).observer(new Recorder()).build()) {
            assertThat(guard.health().isReady()).isFalse();
            issuer.comeBack();
            await().untilAsserted(() -> assertThat(events).contains("ready true"));
        }
    }

    private static final class Failing implements GuardObserver {
        private final Throwable failure;

        Failing(Throwable failure) {
            this.failure = failure;
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void raise(Throwable any) throws T {
            throw (T) any;
        }

        private void fail() {
            Failing.<RuntimeException>raise(failure);
        }

        @Override
        public void refused(Refusal refusal) {
            fail();
        }

        @Override
        public void granted(Grant grant) {
            fail();
        }

        @Override
        public Optional<Consumer<Outcome>> deciding(IncomingRequest request) {
            if (request.path().equals("/orders")) {
                return Optional.of(outcome -> fail());
            }
            fail();
            return Optional.empty();
        }

        @Override
        public void keysLoaded(GuardHealth.KeyHealth keys) {
            fail();
        }

        @Override
        public void revoked(Revocation revocation, boolean isStored) {
            fail();
        }
    }

    private static Throwable failure(String kind) {
        return switch (kind) {
            case "runtime" -> new IllegalStateException("secret");
            case "assertion" -> new AssertionError("secret");
            case "linkage" -> new NoClassDefFoundError("secret");
            default -> new java.io.IOException("secret");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"runtime", "assertion", "linkage", "checked"})
    void changeNoDecisionWhateverTheyThrow(String kind) {
        try (TokenGuard guard = guarding(issuer)
                .observer(new Failing(failure(kind)))
                .observer(new Recorder())
                .build()) {
            assertThat(reasonOf(guard.decide(bearing(token())))).isNull();
            assertThat(reasonOf(guard.decide(request().build()))).isEqualTo(RefusalReason.NO_CREDENTIALS);
            IncomingRequest nowhere =
                    IncomingRequest.builder("GET", "/nowhere").overTls().build();
            assertThat(reasonOf(guard.decide(nowhere))).isEqualTo(RefusalReason.NO_CREDENTIALS);
            assertThat(guard.revoke(Revocation.subject(issuer.issuer(), "bob"))).isTrue();
            await().untilAsserted(() -> assertThat(events).contains("SUBJECT true"));
        }
        assertThat(seen(GuardObserver.Grant.class)).hasSize(1);
        assertThat(RecordedLog.recent())
                .extracting(String::valueOf)
                .anyMatch(line -> line.contains("An observer failed with"))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void holdNeitherDecisionsNorLoadsNorRevocationsIfTheyBlock() {
        GuardObserver blocking = new GuardObserver() {
            @Override
            public void refused(Refusal refusal) {}

            @Override
            public void keysLoaded(GuardHealth.KeyHealth keys) {
                events.add("blocked");
                try {
                    released.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try (TokenGuard guard = guarding(issuer).observer(blocking).build()) {
            await().untilAsserted(() -> assertThat(events).contains("blocked"));
            assertThat(reasonOf(guard.decide(bearing(token())))).isNull();
            for (int i = 0; i < 3_000; i++) {
                assertThat(guard.revoke(Revocation.token(issuer.issuer(), "token-" + i)))
                        .isTrue();
            }
            issuer.rotate();
            Decision decision = guard.decide(bearing(token()));
            assertThat(reasonOf(decision)).isNull();
        }
    }
}
