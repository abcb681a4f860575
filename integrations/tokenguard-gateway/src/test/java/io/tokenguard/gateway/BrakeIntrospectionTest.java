package io.tokenguard.gateway;

import static io.tokenguard.gateway.GuardedApi.forged;
import static io.tokenguard.gateway.GuardedApi.reason;
import static io.tokenguard.gateway.GuardedApi.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The brake, where the issuer is asked about tokens. */
class BrakeIntrospectionTest {
    private static final int MOST = 10;

    private final GuardedApi api = start();

    private static GuardedApi start() {
        TestClock clock = TestClock.startingAt(Instant.parse("2026-11-28T12:00:00Z"));
        TestIssuer issuer =
                TestIssuer.builder().audience(GuardedApi.AUDIENCE).clock(clock).start();
        TokenGuard guard = TokenGuard.builder()
                .clock(clock)
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(GuardedApi.AUDIENCE)
                        .introspection(
                                Introspection.at(issuer.introspectionUri(), ClientAuthentication.basic("api", "secret"))
                                        .mode(Introspection.Mode.ALWAYS))
                        .build())
                .route("/orders/** authenticated")
                .route("/fresh/** fresh")
                .brake(true)
                .brakeMaxFailures(MOST)
                .brakeNewTokens(1)
                .build();
        guard.awaitReady(Duration.ofSeconds(10));
        return new GuardedApi(issuer, clock, guard);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private TokenBuilder token(String subject) {
        return api.issuer().token().subject(subject).clientId("shop");
    }

    private void brake() {
        String good = api.issuer().token().sign();
        for (int bit = 0; bit < 3 * MOST; bit++) {
            api.send(forged(good, bit));
        }
        assertThat(status(api.send(forged(good, 0)))).isEqualTo(429);
    }

    @Test
    void anOpaqueTokenThatWasUsedBeforePassesWhateverItsNetworkSends() {
        String opaque = api.issuer().introspection().opaque(token("alice"));
        assertThat(status(api.send(opaque))).isEqualTo(200);
        brake();
        for (int i = 0; i < 20; i++) {
            assertThat(status(api.send(opaque))).isEqualTo(200);
        }
    }

    @Test
    void itPassesAlsoAfterItsAnswerHasLeftTheCache() {
        String opaque = api.issuer().introspection().opaque(token("alice"));
        assertThat(status(api.send(opaque))).isEqualTo(200);
        api.clock().advance(Duration.ofMinutes(2));
        brake();
        for (int i = 0; i < 20; i++) {
            assertThat(status(api.send(opaque))).isEqualTo(200);
        }
    }

    @Test
    void aTokenThatAnAnswerCompletesPassesIfItWasUsedBefore() {
        String incomplete = token("alice").withoutClaim("aud").sign();
        api.issuer()
                .introspection()
                .answer(incomplete, api.issuer().introspection().active(token("alice")));
        assertThat(status(api.send(incomplete))).isEqualTo(200);
        brake();
        for (int i = 0; i < 20; i++) {
            assertThat(status(api.send(incomplete))).isEqualTo(200);
        }
    }

    @Test
    void aNewOpaqueTokenOfABrakedNetworkHasToWait() {
        brake();
        String opaque = api.issuer().introspection().opaque(token("alice"));
        assertThat(status(api.send(opaque))).isEqualTo(429);
    }

    @Test
    void inactiveTokensDoNotCount() {
        for (int i = 0; i < 5 * MOST; i++) {
            assertThat(reason(api.send("unknown-" + i))).isEqualTo(RefusalReason.TOKEN_INACTIVE);
        }
        assertThat(reason(api.send(forged(api.issuer().token().sign(), 0)))).isEqualTo(RefusalReason.SIGNATURE_INVALID);
    }

    @Test
    void aRefusalByAnAnswerIsNotRemembered() {
        String opaque = api.issuer().introspection().opaque(token("alice").audience("https://other.example.com"));
        assertThat(reason(api.send(opaque))).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        api.issuer().introspection().answer(opaque, api.issuer().introspection().active(token("alice")));
        assertThat(status(api.send(GuardedApi.get("/fresh"), opaque))).isEqualTo(200);
    }

    @Test
    void aRefusalThatIsDecidedByTheAnswerAboutASignedTokenIsNotRemembered() {
        String incomplete = token("alice").withoutClaim("aud").sign();
        var other = api.issuer().introspection().active(token("alice").audience("https://other.example.com"));
        api.issuer().introspection().answer(incomplete, other);
        assertThat(reason(api.send(incomplete))).isEqualTo(RefusalReason.AUDIENCE_MISMATCH);
        api.issuer()
                .introspection()
                .answer(incomplete, api.issuer().introspection().active(token("alice")));
        assertThat(status(api.send(GuardedApi.get("/fresh"), incomplete))).isEqualTo(200);
    }
}
