package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardHealth.KeyHealth;
import io.tokenguard.access.GuardHealth.KeyState;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A guard and its issuer, on real sockets and on a clock that only the test moves: hours pass as fast as loads end. Chance
 * is always a half, so that nothing is jittered.
 */
final class KeyDrill implements AutoCloseable {
    static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "first");
    static final TestKey OTHER = TestKey.generate(TestAlgorithm.ES256, "other");
    static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    final ManualTimer timer = new ManualTimer(clock);
    final TestIssuer issuer =
            TestIssuer.builder().keys(KEY).clock(clock).path("/as").start();
    final TokenGuard guard;
    private boolean hangs;
    private int arrived;

    private KeyDrill(UnaryOperator<TrustedIssuerBuilder> settings, boolean isAddressed) {
        guard = describe(builder -> settings.apply(isAddressed ? builder.keysFrom(issuer.jwksUri()) : builder))
                .build();
    }

    /** A guard that is told where the keys are. */
    static KeyDrill addressed() {
        return addressed(UnaryOperator.identity());
    }

    static KeyDrill addressed(UnaryOperator<TrustedIssuerBuilder> settings) {
        return new KeyDrill(settings, true);
    }

    /** A guard that finds the keys by the issuer's metadata. */
    static KeyDrill discovering() {
        return new KeyDrill(UnaryOperator.identity(), false);
    }

    TokenGuardBuilder describe(UnaryOperator<TrustedIssuerBuilder> settings) {
        return TokenGuard.builder()
                .issuer(settings.apply(trusted(issuer).initialFetchJitter(Duration.ofSeconds(30)))
                        .build())
                .route("/orders authenticated")
                .clock(clock)
                .timer(timer)
                .chance(() -> 0.5);
    }

    /** Lets the key set be answered with a fault. */
    void answer(Fault fault) {
        issuer.on(TestEndpoint.JWKS).answer(fault);
    }

    /** Lets the issuer take requests and never end an answer. */
    void answerWithoutEnd(Fault fault) {
        answer(fault);
        arrived = arrivals();
        hangs = true;
    }

    void heal() {
        issuer.heal();
        hangs = false;
    }

    /** Judges a new token of the current key. */
    RefusalReason judge() {
        return reasonOf(decide());
    }

    Decision decide() {
        return guard.decide(bearing(issuer.token().sign()));
    }

    /** Judges a token that names a key nobody published. */
    RefusalReason judgeStranger(String kid) {
        return reasonOf(guard.decide(bearing(issuer.token().header("kid", kid).sign())));
    }

    /** Loads the first keys, by a first token. If the machine stalls, that request may end before the load does. */
    KeyDrill warm() {
        RefusalReason first = judge();
        settle();
        assertThat(first == RefusalReason.KEYS_UNAVAILABLE ? judge() : first).isNull();
        return this;
    }

    /** Lets time pass; whatever is due runs, and loads end before the clock moves on. */
    void pass(Duration duration) {
        timer.advance(duration, this::settle);
    }

    /** Waits until no load is under way, or until the one that is hangs at the issuer. */
    void settle() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (health().isLoading() && !isStuck()) {
            assertThat(System.nanoTime()).as("a load does not end").isLessThan(end);
            LockSupport.parkNanos(100_000);
        }
        arrived = arrivals();
    }

    /** Waits until no issuer of a guard has a load under way. */
    static void settle(TokenGuard guard) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (guard.health().issuers().stream().anyMatch(KeyHealth::isLoading)) {
            assertThat(System.nanoTime()).as("a load does not end").isLessThan(end);
            LockSupport.parkNanos(100_000);
        }
    }

    private boolean isStuck() {
        return hangs && arrivals() > arrived && timer.delays().contains(TIMEOUT);
    }

    private int arrivals() {
        return issuer.requests(TestEndpoint.JWKS);
    }

    KeyHealth health() {
        return guard.health().issuers().get(0);
    }

    KeyState state() {
        return health().state();
    }

    /** When fetches began, also such as never reached the issuer. */
    List<Instant> fetches() {
        return timer.ordersWith(TIMEOUT);
    }

    int fetchesSince(Instant start) {
        return (int) fetches().stream().filter(at -> !at.isBefore(start)).count();
    }

    @Override
    public void close() {
        guard.close();
        issuer.close();
        timer.shutdownNow();
    }
}
