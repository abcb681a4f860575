package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.testkit.TestIssuer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rates and trends of a guard. */
class SamplerTest {
    @Test
    void whatIsDecidedBetweenTwoSamplesIsARateAndATrend() {
        try (TestIssuer issuer = TestIssuer.start();
                TokenGuard guard = TokenGuard.builder()
                        .issuer(TrustedIssuer.builder(issuer.issuer())
                                .audience("https://api.example.com")
                                .build())
                        .route("GET /open public")
                        .build()) {
            assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
            Trends trends = new Trends();
            Rates rates = new Rates();
            DecisionTimes times = new DecisionTimes();
            NameCounts names = new NameCounts();
            Clock clock = Clock.fixed(Instant.ofEpochSecond(1_900_000_000), ZoneOffset.UTC);
            Sampler sampler = new Sampler(
                    guard::stats, new DecisionObserver(new RecentRefusals(), times, names, clock), trends, rates);
            sampler.sample(0);
            assertThat(rates.document()).isEmpty();
            for (int i = 0; i < 3; i++) {
                guard.decide(IncomingRequest.builder("GET", "/open").build());
            }
            guard.decide(IncomingRequest.builder("GET", "/other").build());
            times.add(20_000);
            names.granted("shop");
            sampler.sample(2_000_000_000L);
            assertThat(rates.document())
                    .containsEntry("decisionsPerSecond", 2.0)
                    .containsEntry("refusedShare", 0.25)
                    .containsEntry("cacheHitShare", 0.0);
            assertThat((int) rates.document().get("p99Micros")).isBetween(20, 26);
            assertThat(series(trends, Group.TOTALS).get("granted")).isEqualTo(new int[] {3});
            assertThat(series(trends, Group.REASONS).get("NO_CREDENTIALS")).isEqualTo(new int[] {1});
            assertThat(series(trends, Group.ROUTES).get("granted GET /open")).isEqualTo(new int[] {3});
            assertThat(series(trends, Group.CLIENTS).get("granted shop")).isEqualTo(new int[] {1});
            sampler.sample(4_000_000_000L);
            assertThat(series(trends, Group.TOTALS).get("granted")).isEqualTo(new int[] {3});
        }
    }

    private static Map<?, ?> series(Trends trends, Group group) {
        return (Map<?, ?>) trends.document(Resolution.SECONDS, group).get("series");
    }
}
