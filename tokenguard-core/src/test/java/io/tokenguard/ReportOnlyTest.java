package io.tokenguard;

import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Route;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestIssuerExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requirements that are tried before they are enforced: they are heard of, and decide nothing. */
@ExtendWith(TestIssuerExtension.class)
class ReportOnlyTest {
    private final List<RefusalReason> refused = new ArrayList<>();
    private final List<Refusal> wouldRefuse = new ArrayList<>();
    private TestIssuer issuer;
    private TokenGuard guard;

    @BeforeEach
    void start(TestIssuer started) {
        issuer = started;
        guard = guarding(issuer)
                .route("/scoped scope a report-only scope a,b")
                .route("/open public report-only scope a")
                .routes(Route.of("/broken", AccessRequirement.authenticated().reportOnly(broken())))
                .observer(new Recorder())
                .build();
        RecordedLog.clear();
    }

    @AfterEach
    void stop() {
        guard.close();
    }

    private static AccessRequirement broken() {
        return AccessRequirement.rule("broken", attempt -> {
            throw new IllegalStateException("a rule that fails");
        });
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

    @Test
    void tellsWhatTheRequirementOnTrialWouldHaveRefusedAndGrantsTheRequest() {
        assertThat(reasonOf(decide("/scoped", "a"))).isNull();
        assertThat(wouldRefuse).extracting(Refusal::reason).containsExactly(RefusalReason.SCOPE_INSUFFICIENT);
        assertThat(wouldRefuse).extracting(Refusal::subject).containsExactly("alice");
        assertThat(refused).isEmpty();
        assertThat(RecordedLog.audit())
                .singleElement()
                .asString()
                .startsWith(
                        "would-refuse reason=SCOPE_INSUFFICIENT stage=AUTHORIZATION status=403 found=\"scopes [a]\" expected=\"scope b\"");
    }

    @Test
    void isSilentWhereTheRequirementOnTrialIsMet() {
        assertThat(reasonOf(decide("/scoped", "a", "b"))).isNull();
        assertThat(wouldRefuse).isEmpty();
        assertThat(RecordedLog.audit()).isEmpty();
    }

    @Test
    void triesNothingOnARequestThatIsRefusedAnyway() {
        assertThat(reasonOf(decide("/scoped", "b"))).isEqualTo(RefusalReason.SCOPE_INSUFFICIENT);
        assertThat(refused).containsExactly(RefusalReason.SCOPE_INSUFFICIENT);
        assertThat(wouldRefuse).isEmpty();
    }

    @Test
    void leavesAnOpenRouteOpenAndTellsWhoWouldBeShutOut() {
        var anonymous = IncomingRequest.builder("GET", "/open").overTls();
        assertThat(guard.decide(anonymous.build())).isEqualTo(new Decision.Granted(java.util.Optional.empty()));
        assertThat(guard.decide(anonymous.header("Authorization", "Bearer junk").build()))
                .isEqualTo(new Decision.Granted(java.util.Optional.empty()));
        assertThat(decide("/open", "a")).isEqualTo(new Decision.Granted(java.util.Optional.empty()));
        assertThat(wouldRefuse)
                .extracting(Refusal::reason)
                .containsExactly(RefusalReason.NO_CREDENTIALS, RefusalReason.TOKEN_MALFORMED);
    }

    @Test
    void grantsThoughARuleOnTrialFails() {
        assertThat(reasonOf(decide("/broken"))).isNull();
        assertThat(wouldRefuse).extracting(Refusal::reason).containsExactly(RefusalReason.RULE_FAILED);
    }

    private final class Recorder implements GuardObserver {
        @Override
        public void refused(Refusal refusal) {
            refused.add(refusal.reason());
        }

        @Override
        public void wouldRefuse(Refusal refusal) {
            wouldRefuse.add(refusal);
        }
    }
}
