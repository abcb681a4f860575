package io.tokenguard.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.AdapterHealth;
import io.tokenguard.access.GuardHealth.AdapterState;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An adapter that was built and is not used guards nothing: somebody has to learn of it. */
class ExpectedAdaptersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String REMEDY = "Register it.";

    private final List<Runnable> checks = new ArrayList<>();
    private final ExpectedAdapters adapters = new ExpectedAdapters(checks::add);

    @Test
    void waitsForARuntimeToStartAnAdapter() {
        Runnable unused = adapters.expect("SomeFilter", REMEDY);
        assertThat(state()).isEqualTo(AdapterState.WAITING);
    }

    @Test
    void reportsAnAdapterThatNoRuntimeHasStartedInTime() {
        Runnable unused = adapters.expect("SomeFilter", REMEDY);
        String log = logOf(() -> checks.forEach(Runnable::run));
        assertThat(state()).isEqualTo(AdapterState.INACTIVE);
        assertThat(log)
                .contains("ERROR")
                .contains("SomeFilter was built and no runtime has started it")
                .contains(REMEDY);
    }

    @Test
    void saysNothingOfAnAdapterThatWasStarted() {
        adapters.expect("SomeFilter", REMEDY).run();
        String log = logOf(() -> checks.forEach(Runnable::run));
        assertThat(state()).isEqualTo(AdapterState.ACTIVE);
        assertThat(log).isEmpty();
    }

    @Test
    void takesAnAdapterThatIsStartedLate() {
        Runnable started = adapters.expect("SomeFilter", REMEDY);
        checks.forEach(Runnable::run);
        started.run();
        assertThat(state()).isEqualTo(AdapterState.ACTIVE);
    }

    @Test
    void saysNothingOnceTheGuardIsClosed() {
        Runnable unused = adapters.expect("SomeFilter", REMEDY);
        adapters.close();
        assertThat(logOf(() -> checks.forEach(Runnable::run))).isEmpty();
    }

    @Test
    void isReadyWithoutItsAdaptersByDefault() {
        try (TestIssuer issuer = TestIssuer.builder().start();
                TokenGuard guard = guarding(issuer).build()) {
            assertThat(guard.awaitReady(PATIENCE)).isTrue();
            Runnable unused = guard.expectAdapter("SomeFilter", REMEDY);
            assertThat(guard.health().adapters())
                    .containsExactly(new AdapterHealth("SomeFilter", AdapterState.WAITING, false));
            assertThat(guard.health().isReady()).isTrue();
            assertThat(guard.health().isDegraded()).isFalse();
        }
    }

    @Test
    void isReadyOnlyWithItsAdaptersWhereTheyAreRequired() {
        try (TestIssuer issuer = TestIssuer.builder().start();
                TokenGuard guard = guarding(issuer).requireAdapters().build()) {
            Runnable started = guard.expectAdapter("SomeFilter", REMEDY);
            assertThat(guard.health().isReady()).isFalse();
            started.run();
            assertThat(guard.awaitReady(PATIENCE)).isTrue();
        }
    }

    @Test
    void aGuardWithAnInactiveAdapterIsDegraded() {
        try (TestIssuer issuer = TestIssuer.builder().start();
                TokenGuard guard = guarding(issuer).build()) {
            assertThat(guard.awaitReady(PATIENCE)).isTrue();
            Runnable unused = adapters.expect("SomeFilter", REMEDY);
            checks.forEach(Runnable::run);
            GuardHealth healthy = guard.health();
            GuardHealth health = new GuardHealth(
                    healthy.issuers(), healthy.introspection(), healthy.revocation(), adapters.health(false));
            assertThat(health.isDegraded()).isTrue();
            assertThat(health.isReady()).isTrue();
        }
    }

    private static String logOf(Runnable action) {
        RecordedLog.clear();
        action.run();
        return RecordedLog.recent().stream()
                .map(event -> event.level() + " " + event.text())
                .collect(Collectors.joining("\n"));
    }

    private static TokenGuardBuilder guarding(TestIssuer issuer) {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build());
    }

    private AdapterState state() {
        return adapters.health(false).get(0).state();
    }
}
