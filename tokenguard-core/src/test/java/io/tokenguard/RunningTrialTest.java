package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardStats.Outcomes;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Route;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requirements that are tried on a rule while the guard runs. */
@ExtendWith(TestIssuerExtension.class)
class RunningTrialTest {
    private static final AccessRequirement CANDIDATE = AccessRequirement.scope("b");
    private TestIssuer issuer;
    private TokenGuard guard;

    @BeforeEach
    void start(TestIssuer started) {
        issuer = started;
        guard = settings().build();
    }

    private TokenGuardBuilder settings() {
        return guarding(issuer)
                .route("GET /scoped scope a")
                .route("/open public")
                .route("/tried scope a report-only scope c")
                .route("/users/{user} authenticated");
    }

    @AfterEach
    void stop() {
        guard.close();
    }

    private Decision decide(String path, String... scopes) {
        return guard.decide(IncomingRequest.builder("GET", path)
                .overTls()
                .header(
                        "Authorization",
                        "Bearer "
                                + issuer.token().subject("alice").scope(scopes).sign())
                .build());
    }

    private Outcomes outcomes(String rule) {
        return guard.stats().decisions().byRoute().stream()
                .filter(route -> route.label().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void countsForItsRuleWhatItWouldRefuse() {
        guard.startTrial("GET /scoped", CANDIDATE);
        assertThat(reasonOf(decide("/scoped", "a"))).isNull();
        assertThat(reasonOf(decide("/scoped", "a", "b"))).isNull();
        assertThat(outcomes("GET /scoped")).isEqualTo(new Outcomes("GET /scoped", 2, 0, 0, 1));
        assertThat(guard.stats().decisions().wouldRefuse()).containsEntry(RefusalReason.SCOPE_INSUFFICIENT, 1L);
    }

    @Test
    void loosensNothing() {
        guard.startTrial("GET /scoped", AccessRequirement.open());
        assertThat(reasonOf(decide("/scoped", "b"))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
        guard.startTrial("/open", AccessRequirement.denied());
        assertThat(decide("/open")).isEqualTo(new Decision.Granted(Optional.empty()));
    }

    @Test
    void isReplacedByTheNextOne() {
        guard.startTrial("GET /scoped", CANDIDATE);
        guard.startTrial("GET /scoped", AccessRequirement.scope("a"));
        decide("/scoped", "a");
        assertThat(guard.trials()).isEqualTo(Map.of("GET /scoped", AccessRequirement.scope("a")));
        assertThat(outcomes("GET /scoped").wouldRefuse()).isZero();
    }

    @Test
    void endsOnDemand() {
        guard.startTrial("GET /scoped", CANDIDATE);
        assertThat(guard.endTrial("GET /scoped")).isTrue();
        assertThat(guard.endTrial("GET /scoped")).isFalse();
        decide("/scoped", "a");
        assertThat(outcomes("GET /scoped").wouldRefuse()).isZero();
        assertThat(guard.trials()).isEmpty();
    }

    @Test
    void endsWithTheConfiguration() {
        guard.startTrial("GET /scoped", CANDIDATE);
        guard.reconfigure(settings());
        assertThat(guard.trials()).isEmpty();
    }

    @Test
    void leavesATrialOfTheConfigurationAlone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guard.startTrial("/tried", CANDIDATE))
                .withMessageContaining("already");
        assertThat(guard.endTrial("/tried")).isFalse();
        assertThat(guard.rules())
                .contains(Route.parse("/tried scope a report-only scope c"), Route.parse("GET /scoped scope a"));
    }

    @Test
    void needsARuleAndARequirementThatCanBeMet() {
        assertThatIllegalArgumentException().isThrownBy(() -> guard.startTrial("/scoped", CANDIDATE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guard.startTrial("/open", AccessRequirement.parse("from @office")));
    }

    @Test
    void readsTheVariablesOfTheRule() {
        guard.startTrial("/users/{user}", AccessRequirement.parse("subject = path:user"));
        decide("/users/alice");
        decide("/users/bob");
        assertThat(outcomes("/users/{user}").wouldRefuse()).isEqualTo(1);
    }
}
