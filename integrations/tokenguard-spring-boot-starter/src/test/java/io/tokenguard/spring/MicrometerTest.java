package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tokenguard.TokenGuard;
import io.tokenguard.micrometer.TokenGuardMetrics;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** What Micrometer shows of a started application, without a line of code. */
class MicrometerTest {
    private static final String AUDIENCE = "https://shop.example";
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private static ConfigurableApplicationContext run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--management.endpoints.web.exposure.include=prometheus",
                "--tokenguard.issuer-uri=" + ISSUER.issuer(),
                "--tokenguard.audiences=" + AUDIENCE,
                "--tokenguard.routes.scrape=GET /actuator/prometheus scope metrics"));
        arguments.addAll(List.of(more));
        return SpringApplication.run(Shop.class, arguments.toArray(String[]::new));
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext shop, String path, String scope)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port") + path))
                .header(
                        "Authorization",
                        "Bearer "
                                + ISSUER.token().audience(AUDIENCE).scope(scope).sign())
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> scrape(ConfigurableApplicationContext shop) throws Exception {
        HttpResponse<String> answer = get(shop, "/actuator/prometheus", "metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        return Arrays.asList(answer.body().split("\n"));
    }

    @Test
    void aScrapeCountsTheDecisionsAboutRequests() throws Exception {
        try (ConfigurableApplicationContext shop = run()) {
            assertThat(get(shop, "/orders", "orders:read").statusCode()).isEqualTo(200);
            assertThat(get(shop, "/orders", "other").statusCode()).isEqualTo(403);
            // The meters read the guard at most once a second.
            await().untilAsserted(
                            () -> assertThat(scrape(shop))
                                    .contains(
                                            "tokenguard_ready 1.0",
                                            "tokenguard_decisions_total{outcome=\"granted\",route=\"supplied\"} 1.0",
                                            "tokenguard_refusals_total{reason=\"scope_insufficient\",stage=\"authorization\",status=\"403\"} 1.0"));
        }
    }

    @Test
    void aScrapeHasTheTimesOfObservedDecisions() throws Exception {
        try (ConfigurableApplicationContext shop = run()) {
            assertThat(get(shop, "/orders", "orders:read").statusCode()).isEqualTo(200);
            assertThat(scrape(shop))
                    .anyMatch(line -> line.startsWith("tokenguard_decide_seconds_count{")
                            && line.contains("outcome=\"granted\"")
                            && line.contains("route=\"supplied\""));
        }
    }

    @Test
    void bothCanBeSwitchedOffAsOthersOfSpringBootCan() throws Exception {
        try (ConfigurableApplicationContext shop = run(
                "--management.metrics.enable.tokenguard=false", "--management.observations.enable.tokenguard=false")) {
            assertThat(get(shop, "/orders", "orders:read").statusCode()).isEqualTo(200);
            assertThat(scrape(shop)).isNotEmpty().noneMatch(line -> line.startsWith("tokenguard_"));
        }
    }

    @Test
    void theMetersAreBoundOnceToTheRegistryOfTheApplication() {
        try (ConfigurableApplicationContext shop = run()) {
            assertThat(shop.getBean(MeterRegistry.class)
                            .find("tokenguard.ready")
                            .gauges())
                    .hasSize(1);
        }
    }

    @Test
    void withoutMicrometerTheGuardIsThereAndNothingIsBound() {
        new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(TokenGuardAutoConfiguration.class, MicrometerAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.micrometer", TokenGuardMetrics.class.getPackageName()))
                .withPropertyValues("tokenguard.issuer-uri=" + ISSUER.issuer(), "tokenguard.audiences=" + AUDIENCE)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(TokenGuard.class)
                        .doesNotHaveBean("tokenGuardMetrics")
                        .doesNotHaveBean("tokenGuardObservations"));
    }
}
