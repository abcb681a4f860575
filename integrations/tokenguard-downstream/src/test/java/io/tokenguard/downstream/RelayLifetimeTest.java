package io.tokenguard.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.testkit.TestClient;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long tokens are used: those of the test issuer are good for 300 s. */
class RelayLifetimeTest {
    private static final URI INNER = URI.create("https://inner.example");

    private final TestIssuer issuer = TestIssuer.builder()
            .audience("outer")
            .clients(TestClient.named("outer").secret(Settings.SECRET))
            .start();
    private final AtomicLong now = new AtomicLong();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private int calls(String mode, Duration callersLife, Duration pause) throws Exception {
        try (TokenGuard guard = GuardedService.guard(issuer, "outer", Settings.requesting(INNER, mode))) {
            TokenRelay relay = TokenRelay.of(guard, Clock.systemUTC(), now::get);
            String text = issuer.token().expiresIn(callersLife).sign();
            Optional<Caller> caller = Optional.of(Caller.of(guard.validate(text), text));
            assertThat(relay.tokenFor(INNER, caller)).isPresent();
            now.addAndGet(pause.toNanos());
            assertThat(relay.tokenFor(INNER, caller)).isPresent();
            return issuer.requests(TestEndpoint.TOKEN);
        }
    }

    @Test
    void anExchangedTokenIsUsedUntilATenthOfItsLifeIsLeft() throws Exception {
        assertThat(calls("exchange", Duration.ofHours(1), Duration.ofSeconds(269)))
                .isEqualTo(1);
    }

    @Test
    void afterThatItIsExchangedAgain() throws Exception {
        assertThat(calls("exchange", Duration.ofHours(1), Duration.ofSeconds(270)))
                .isEqualTo(2);
    }

    @Test
    void anExchangedTokenIsNotUsedLongerThanTheCallersToken() throws Exception {
        assertThat(calls("exchange", Duration.ofSeconds(60), Duration.ofSeconds(61)))
                .isEqualTo(2);
    }

    @Test
    void theApisOwnTokenIsNotBoundToTheCallers() throws Exception {
        assertThat(calls("client-credentials", Duration.ofSeconds(60), Duration.ofSeconds(61)))
                .isEqualTo(1);
    }
}
