package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.trusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A time of day that is corrected by an hour stalls nothing and hurries nothing: durations go by a steady clock. */
class ClockJumpTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "first");
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock wall = TestClock.startingAt(START);
    private final TestClock steady = TestClock.startingAt(START);
    private final ManualTimer timer = new ManualTimer(steady);
    private final TestIssuer issuer =
            TestIssuer.builder().keys(KEY).clock(wall).path("/as/a").start();
    private TokenGuard guard = guard(issuer.issuer());

    private TokenGuard guard(String issuerUri) {
        return TokenGuard.builder()
                .issuer((issuerUri.equals(issuer.issuer())
                                ? trusted(issuer)
                                : TrustedIssuer.builder(issuerUri).audience(GuardedIssuer.AUDIENCE))
                        .build())
                .route("/orders authenticated")
                .clock(wall)
                .nanoTime(() -> TimeUnit.MILLISECONDS.toNanos(steady.millis()))
                .timer(timer)
                .chance(() -> 0.5)
                .build();
    }

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
        timer.shutdownNow();
    }

    private RefusalReason judge() {
        return judge(issuer.token());
    }

    private RefusalReason judge(TokenBuilder token) {
        return reasonOf(guard.decide(bearing(token.sign())));
    }

    /** The retention counts from the time at which the revocation arrived, which was an hour later in fact. */
    @Test
    void aRevocationThatASlowClockReceivedLastsAsLongAsTheTokensOfThatTime() {
        String token = issuer.token()
                .claim("sid", "gone")
                .expiresIn(Duration.ofHours(24))
                .sign();
        wall.advance(HOUR.negated());
        guard.revoke(Revocation.session(issuer.issuer(), "gone"));
        wall.advance(HOUR);
        assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
        wall.advance(Duration.ofHours(24).plusSeconds(29));
        assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
    }

    private KeyHealth health() {
        return guard.health().issuers().get(0);
    }

    /** Time passes for both clocks. */
    private void pass(Duration duration) {
        wall.advance(duration);
        timer.advance(duration, () -> KeyDrill.settle(guard));
    }

    private void jump(Duration correction) {
        wall.set(wall.instant().plus(correction));
    }

    private int loads() {
        return issuer.requests(TestEndpoint.JWKS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void keysAreRefreshedOnTime(int hours) {
        assertThat(judge()).isNull();
        jump(HOUR.multipliedBy(hours));
        pass(Duration.ofSeconds(239));
        assertThat(loads()).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(loads()).isEqualTo(2);
        assertThat(Duration.between(wall.instant(), health().nextAttempt().orElseThrow()))
                .isEqualTo(Duration.ofMinutes(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void anOutageLastsAsLongAsItLasts(int hours) {
        assertThat(judge()).isNull();
        issuer.goDown();
        jump(HOUR.multipliedBy(hours));
        pass(Duration.ofHours(4).minusSeconds(1));
        assertThat(health().state()).isEqualTo(KeyState.DEGRADED);
        pass(Duration.ofSeconds(1));
        assertThat(health().state()).isEqualTo(KeyState.UNAVAILABLE);
        issuer.comeBack();
        pass(Duration.ofMinutes(1));
        assertThat(health().state()).isEqualTo(KeyState.FRESH);
    }

    /** The seed is fixed: whatever the corrections are, a new key is known a cooldown after its first token. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void newKeysAreLoadedWithinACooldown(long seed) {
        Random random = new Random(seed);
        assertThat(judge()).isNull();
        for (int round = 0; round < 40; round++) {
            judge(issuer.token().header("kid", "junk-" + round));
            jump(HOUR.multipliedBy(random.nextInt(3) - 1));
            issuer.rotateTo(TestKey.generate(TestAlgorithm.ES256, String.format("key%02d", round)));
            assertThat(judge()).isIn(null, RefusalReason.KEYS_UNAVAILABLE);
            jump(HOUR.multipliedBy(random.nextInt(3) - 1));
            pass(Duration.ofSeconds(5));
            await().untilAsserted(() -> assertThat(judge()).isNull());
            pass(Duration.ofSeconds(random.nextInt(90)));
            RecordedLog.clear();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void statusListsAreRefreshedOnTime(int hours) {
        assertThat(judge(issuer.tokenWithStatus(7))).isNull();
        jump(HOUR.multipliedBy(hours));
        pass(Duration.ofSeconds(227));
        assertThat(issuer.requests(TestEndpoint.STATUS_LIST)).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        await().until(() -> issuer.requests(TestEndpoint.STATUS_LIST) == 2);
    }

    @Test
    void newIssuersOfATemplateAreMadeAfterAMinute() {
        guard.close();
        guard = guard(issuer.issuer().replace("/as/a", "/as/*"));
        for (int i = 0; i < 60; i++) {
            judge(issuer.token().issuer(issuer.issuer() + i));
        }
        assertThat(judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        jump(HOUR.negated());
        wall.advance(Duration.ofMinutes(1));
        steady.advance(Duration.ofMinutes(1));
        assertThat(judge()).isNull();
        RecordedLog.clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void theAuditLogHasItsLinesAgainAfterASecond(int hours) {
        assertThat(refusalLines(60)).isEqualTo(50);
        jump(HOUR.multipliedBy(hours));
        assertThat(refusalLines(60)).isZero();
        steady.advance(Duration.ofSeconds(1));
        assertThat(refusalLines(60)).isEqualTo(50);
        RecordedLog.clear();
    }

    private long refusalLines(int requests) {
        RecordedLog.clear();
        for (int i = 0; i < requests; i++) {
            guard.decide(bearing("junk"));
        }
        return RecordedLog.audit().stream()
                .filter(line -> line.startsWith("refused"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void aCircuitIsOpenForASecond(int hours) {
        try (GatedEndpoint endpoint = GatedEndpoint.usual()) {
            endpoint.answer("bad", 500, "");
            for (int i = 0; i < 5; i++) {
                endpoint.judge("bad-" + i);
            }
            endpoint.heal();
            endpoint.jump(HOUR.multipliedBy(hours));
            int calls = endpoint.calls();
            assertThat(endpoint.judge("good-1")).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE);
            assertThat(endpoint.calls()).isEqualTo(calls);
            endpoint.advance(Duration.ofSeconds(1));
            assertThat(endpoint.judge("good-1")).isNull();
        }
    }

    /** A clock that goes ahead ends it earlier only if the token expires by that clock. */
    @Test
    void anAnswerIsUsedForItsTime() {
        try (GatedEndpoint endpoint = GatedEndpoint.usual()) {
            assertThat(endpoint.judge("good-1")).isNull();
            int calls = endpoint.calls();
            endpoint.jump(HOUR.negated());
            endpoint.advance(Duration.ofSeconds(14));
            assertThat(endpoint.judge("good-1")).isNull();
            assertThat(endpoint.calls()).isEqualTo(calls);
            endpoint.advance(Duration.ofSeconds(1));
            assertThat(endpoint.judge("good-1")).isNull();
            assertThat(endpoint.calls()).isEqualTo(calls + 1);
        }
    }

    @Test
    void aClockOfTheApplicationStallsNothingWhenItIsSetBack() {
        guard.close();
        guard = TokenGuard.builder()
                .issuer(trusted(issuer).build())
                .route("/orders authenticated")
                .clock(wall)
                .build();
        assertThat(judge()).isNull();
        assertThat(judge(issuer.token().header("kid", "stranger"))).isEqualTo(RefusalReason.KEY_UNKNOWN);
        jump(HOUR.negated());
        issuer.rotateTo(TestKey.generate(TestAlgorithm.ES256, "other"));
        assertThat(judge()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
        wall.advance(Duration.ofSeconds(5));
        await().untilAsserted(() -> assertThat(judge()).isNull());
        RecordedLog.clear();
    }
}
