package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.config.Dpop;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A decision that was under way when {@code revoke} returned is not granted, whatever it was waiting for. */
class LastLookTest {
    private final TestIssuer issuer =
            TestIssuer.builder().algorithms(TestAlgorithm.ES256).start();
    private final String token = issuer.token().subject("alice").sign();
    private TokenGuard guard = guarding(issuer).build();

    @AfterEach
    void stop() {
        guard.close();
        issuer.close();
    }

    private void revoke() {
        guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
    }

    /** A rule that takes so long that its token is revoked meanwhile. */
    private AccessRequirement slowRule() {
        return AccessRequirement.rule("slow", attempt -> {
            revoke();
            return true;
        });
    }

    private AccessToken granted() {
        return ((Decision.Granted) guard.decide(bearing(token))).accessToken().orElseThrow();
    }

    private void restart(TokenGuardBuilder settings) {
        guard.close();
        guard = settings.build();
    }

    @Test
    void isRefusedAfterASlowRule() {
        assertThat(reasonOf(guard.decide(bearing(token), slowRule()))).isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void isRefusedAfterASlowRuleForACachedToken() {
        granted();
        assertThat(reasonOf(guard.decide(bearing(token), slowRule()))).isEqualTo(RefusalReason.REVOKED);
        assertThat(reasonOf(guard.decide(bearing(token)))).isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void isRefusedAfterASlowRuleOfALaterDecisionInTheSameRequest() {
        AccessToken earlier = granted();
        assertThat(reasonOf(guard.decideAgain(bearing(token), slowRule(), earlier)))
                .isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void isRefusedAfterASlowRuleThatIsOnlyReported() {
        AccessRequirement trial = AccessRequirement.authenticated().reportOnly(slowRule());
        assertThat(reasonOf(guard.decide(bearing(token), trial))).isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void isRefusedWhenItWasRevokedWhileTheProofWasSpent() {
        TestKey holder = TestKey.generate(TestAlgorithm.ES256);
        DpopClient client = DpopClient.withKey(holder, TestClock.startingAt(Instant.now()));
        String bound = issuer.token().subject("alice").boundTo(holder).sign();
        ReplayStore slow = (proof, madeAt, forgetAt) -> {
            revoke();
            return ReplayStore.Use.FIRST;
        };
        restart(guarding(issuer).dpop(Dpop.supported().replayStore(slow)));
        assertThat(reasonOf(guard.decide(request()
                        .header("Host", "api.example.com")
                        .header("Authorization", "DPoP " + bound)
                        .header(
                                "DPoP",
                                client.proof("GET", "https://api.example.com/orders")
                                        .forToken(bound)
                                        .sign())
                        .build())))
                .isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void isRefusedWhenTheRuleMakesAnotherDecisionOfTheSameToken() {
        AccessRequirement rule = AccessRequirement.rule("nested", attempt -> {
            boolean wasGood = guard.decide(bearing(token)) instanceof Decision.Granted;
            revoke();
            return wasGood;
        });
        assertThat(reasonOf(guard.decide(bearing(token), rule))).isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void isGrantedWhenAnotherTokenWasRevokedMeanwhile() {
        AccessRequirement rule = AccessRequirement.rule("other", attempt -> {
            guard.revoke(Revocation.subject(issuer.issuer(), "bob"));
            return true;
        });
        assertThat(reasonOf(guard.decide(bearing(token), rule))).isNull();
    }

    @Test
    void isRefusedByTheOldConfigurationOnceTheNewOneIsInForceToo() {
        AccessRequirement rule = AccessRequirement.rule("reconfigures", attempt -> {
            guard.reconfigure(guarding(issuer));
            revoke();
            return true;
        });
        assertThat(reasonOf(guard.decide(bearing(token), rule))).isEqualTo(RefusalReason.REVOKED);
    }

    @Test
    void isRefusedWhenItsKeyWasBannedMeanwhile() {
        AccessRequirement rule = AccessRequirement.rule("bans", attempt -> {
            guard.banKey(issuer.currentKey().kid());
            return true;
        });
        assertThat(reasonOf(guard.decide(bearing(token), rule))).isEqualTo(RefusalReason.KEY_REFUSED);
    }

    @Test
    void isRefusedLaterInTheSameRequestWhenItsKeyWasBannedSince() {
        AccessToken earlier = granted();
        guard.banKey(issuer.currentKey().kid());
        assertThat(reasonOf(guard.decideAgain(bearing(token), AccessRequirement.authenticated(), earlier)))
                .isEqualTo(RefusalReason.KEY_REFUSED);
    }
}
