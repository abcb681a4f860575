package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Refusal;
import io.tokenguard.access.TheftSignal;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.TestClock;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A stolen token of a subject whose use is known, at annotated resources. */
@OnEveryRuntime
class TheftBaselineTest {
    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-07T09:00:00Z"));
    private final List<TheftSignal> signals = new CopyOnWriteArrayList<>();

    @Parameter
    RestRuntime runtime;

    private final class Listener implements GuardObserver {
        @Override
        public void refused(Refusal refusal) {}

        @Override
        public void suspected(TheftSignal signal) {
            signals.add(signal);
        }
    }

    private Answer get(RestSite site, String path, String address, String agent) throws IOException {
        String token = site.issuer()
                .token()
                .subject("alice")
                .issuedAt(clock.instant())
                .expiresAt(clock.instant().plus(Duration.ofHours(1)))
                .sign();
        return site.get(
                path,
                "Authorization: Bearer " + token,
                "X-Forwarded-For: " + address,
                "X-Forwarded-Proto: https",
                "User-Agent: " + agent);
    }

    @Test
    void isReportedAndChallenged() throws Exception {
        try (RestSite site = new RestApplication(Accounts.class)
                .guardedBy(guard -> guard.clock(clock)
                        .trustedProxies("127.0.0.1")
                        .observer(new Listener())
                        .theftBaseline(TheftDetection.Baseline.report().mode(TheftDetection.Baseline.Answer.STEP_UP)))
                .on(runtime)) {
            for (int day = 0; day < 12; day++) {
                assertThat(get(site, "/accounts/" + day, "192.0.2.1", "Firefox").status())
                        .isEqualTo(200);
                clock.advance(Duration.ofDays(1));
            }
            assertThat(signals).isEmpty();
            Answer answer = get(site, "/accounts/all/export", "203.0.113.9", "curl");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.challenge()).contains("insufficient_user_authentication", "max_age=\"300\"");
            assertThat(signals)
                    .singleElement()
                    .extracting(TheftSignal::explanation)
                    .asString()
                    .contains("network", "program", "route");
        }
    }

    @Path("/accounts")
    @Authenticated
    public static class Accounts {
        @GET
        @Path("{id}")
        public String one() {
            return "one";
        }

        @GET
        @Path("all/export")
        public String all() {
            return "all";
        }
    }
}
