package io.tokenguard.micrometer;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A guard with every kind of meter, and a Prometheus registry that it is bound to. */
final class ScrapedGuard implements AutoCloseable {
    private final MockClock clock = new MockClock();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);
    private final TestIssuer issuer = TestIssuer.start();
    private final TokenGuard guard = settings().build();

    ScrapedGuard() {
        new TokenGuardMetrics(guard).bindTo(registry);
    }

    TestIssuer issuer() {
        return issuer;
    }

    TokenGuard guard() {
        return guard;
    }

    TokenGuardBuilder settings() {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .introspection(Introspection.at(
                                issuer.introspectionUri(), ClientAuthentication.basic("api", "secret")))
                        .build())
                .route("GET /orders/* scope orders:read");
    }

    Decision decide(String path, String token) {
        return guard.decide(IncomingRequest.builder("GET", path)
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build());
    }

    /** The lines of a scrape, with fresh numbers. */
    List<String> scrape() {
        clock.add(Duration.ofSeconds(2));
        return Arrays.asList(registry.scrape().split("\n"));
    }

    @Override
    public void close() {
        guard.close();
        issuer.close();
        registry.close();
    }
}
