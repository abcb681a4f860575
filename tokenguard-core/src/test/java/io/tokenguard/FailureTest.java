package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Route;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever breaks around the guard: no request passes because of it, and the next one is judged as ever (CWE-755, CWE-636). */
class FailureTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "k");
    private static final VerificationKey TRUSTED = new VerificationKey("k", SignatureAlgorithm.ES256, KEY.publicKey());
    private static TestIssuer issuer;
    private Runnable failure = () -> {};

    @BeforeAll
    static void start() {
        issuer = TestIssuer.builder().keys(KEY).start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @AfterEach
    void mend() {
        RecordedLog.fail(false);
    }

    static Stream<Supplier<Throwable>> failures() {
        return Stream.of(
                () -> new IllegalStateException("canary"),
                () -> new StackOverflowError("canary"),
                () -> new OutOfMemoryError("canary"),
                NullPointerException::new);
    }

    private void failWith(Supplier<Throwable> kind) {
        failure = () -> FailureTest.<RuntimeException>sneak(kind.get());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void assertNotJudgedAndTheNextOneIs(TokenGuard guard, IncomingRequest request) {
        assertThat(guard.decide(request)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.INTERNAL_FAILURE);
            assertThat(refused.challenge().status()).isEqualTo(503);
            assertThat(refused.challenge().headers()).containsKey("Retry-After");
            assertThat(refused.toString()).doesNotContain("canary");
        });
        failure = () -> {};
        assertThat(reasonOf(guard.decide(request))).isNull();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void doesNotJudgeWhereTheKeysFail(Supplier<Throwable> kind) {
        try (TokenGuard guard = guarding(
                        issuer,
                        settings -> settings.keysFrom((keyId, algorithm) -> {
                            failure.run();
                            return TRUSTED;
                        }))
                .build()) {
            failWith(kind);
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> guard.validate(issuer.token().sign()))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.INTERNAL_FAILURE))
                    .withNoCause();
            assertNotJudgedAndTheNextOneIs(guard, bearing(issuer.token().sign()));
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void doesNotJudgeWhereTheClockFails(Supplier<Throwable> kind) {
        try (TokenGuard guard = guarding(issuer, settings -> settings.keys(TRUSTED))
                .clock(new FailingClock())
                .build()) {
            failWith(kind);
            assertNotJudgedAndTheNextOneIs(guard, bearing(issuer.token().sign()));
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void doesNotJudgeWhereTheServerFailsToReadTheRequest(Supplier<Throwable> kind) {
        try (TokenGuard guard =
                guarding(issuer, settings -> settings.keys(TRUSTED)).build()) {
            failWith(kind);
            IncomingRequest good = bearing(issuer.token().sign());
            assertNotJudgedAndTheNextOneIs(
                    guard,
                    new IncomingRequest(
                            "GET",
                            "/orders",
                            "/orders",
                            name -> {
                                failure.run();
                                return good.headers().valuesOf(name);
                            },
                            new Connection(true, "", "")));
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void refusesWhereARuleOfTheApplicationFails(Supplier<Throwable> kind) {
        AccessRequirement rule = AccessRequirement.rule("own", attempt -> {
            failure.run();
            return true;
        });
        try (TokenGuard guard = guarding(issuer, settings -> settings.keys(TRUSTED))
                .routes(Route.of("/ruled", rule.or(AccessRequirement.authenticated())))
                .build()) {
            IncomingRequest good = IncomingRequest.builder("GET", "/ruled")
                    .overTls()
                    .header("Authorization", "Bearer " + issuer.token().sign())
                    .build();
            RecordedLog.clear();
            failWith(kind);
            assertThat(guard.decide(good)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.RULE_FAILED);
                assertThat(refused.refusal().detail()).isEqualTo("own");
                assertThat(refused.challenge().status()).isEqualTo(403);
            });
            assertThat(RecordedLog.recent())
                    .anyMatch(event -> event.text().startsWith("A rule failed with "))
                    .noneMatch(event -> event.text().contains("canary"));
            failure = () -> {};
            assertThat(reasonOf(guard.decide(good))).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void decidesAsEverWhereAnObserverFails(Supplier<Throwable> kind) {
        try (TokenGuard guard = guarding(issuer, settings -> settings.keys(TRUSTED))
                .observer((Refusal refusal) -> failure.run())
                .build()) {
            failWith(kind);
            assertThat(reasonOf(guard.decide(request().build()))).isEqualTo(RefusalReason.NO_CREDENTIALS);
            assertThat(reasonOf(guard.decide(bearing(issuer.token().sign())))).isNull();
        }
    }

    @Test
    void decidesAsEverWhereTheLogFails() {
        try (TokenGuard guard = guarding(
                        issuer,
                        settings -> settings.keysFrom((keyId, algorithm) -> {
                            failure.run();
                            return TRUSTED;
                        }))
                .build()) {
            RecordedLog.fail(true);
            assertThat(reasonOf(guard.decide(request().build()))).isEqualTo(RefusalReason.NO_CREDENTIALS);
            failWith(() -> new IllegalStateException("canary"));
            assertNotJudgedAndTheNextOneIs(guard, bearing(issuer.token().sign()));
        }
    }

    @Test
    void goesOnLoadingKeysWhereTheLogFails() {
        TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
        ManualTimer timer = new ManualTimer(clock);
        try (TestIssuer loaded = TestIssuer.builder().keys(KEY).clock(clock).start()) {
            loaded.publishJwk(TestKey.generate(TestAlgorithm.ES256, "leaked").privateJwk());
            loaded.on(TestEndpoint.OIDC_DISCOVERY).answer(Fault.status(500));
            loaded.on(TestEndpoint.OAUTH_DISCOVERY).answer(Fault.status(500));
            RecordedLog.fail(true);
            try (TokenGuard guard =
                    guarding(loaded).clock(clock).timer(timer).chance(() -> 0.5).build()) {
                guard.decide(bearing(loaded.token().sign()));
                Awaitility.await().until(() -> timer.delays().equals(List.of(Duration.ofMillis(200))));
                loaded.heal();
                timer.advance(Duration.ofMillis(200));
                KeyDrill.settle(guard);
                assertThat(reasonOf(guard.decide(bearing(loaded.token().sign()))))
                        .isNull();
                Awaitility.await().until(() -> timer.delays().contains(Duration.ofMinutes(4)));
                timer.advance(Duration.ofMinutes(4));
                Awaitility.await().until(() -> loaded.requests(TestEndpoint.JWKS) == 2);
            }
        } finally {
            timer.shutdownNow();
        }
    }

    private final class FailingClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            failure.run();
            return Clock.systemUTC().instant();
        }
    }
}
