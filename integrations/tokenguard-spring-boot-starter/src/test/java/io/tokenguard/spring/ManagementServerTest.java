package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Actuator on a port of its own, with the same guard. */
class ManagementServerTest {
    private static final String AUDIENCE = "https://shop.example";
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static ConfigurableApplicationContext shop;

    @BeforeAll
    static void start() {
        shop = run("/actuator/** scope operations");
    }

    @AfterAll
    static void stop() {
        shop.close();
        ISSUER.close();
    }

    private static ConfigurableApplicationContext run(String route) {
        String[] arguments = {
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--management.server.port=0",
            "--management.server.address=127.0.0.1",
            "--management.endpoints.web.exposure.include=*",
            "--spring.main.banner-mode=off",
            "--logging.level.root=off",
            "--tokenguard.issuer-uri=" + ISSUER.issuer(),
            "--tokenguard.audiences=" + AUDIENCE,
            "--tokenguard.routes.actuator=" + route
        };
        return SpringApplication.run(Shop.class, arguments);
    }

    private static int call(ConfigurableApplicationContext context, String port, String path, String scope)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getProperty("local." + port + ".port") + path));
        if (!scope.isEmpty()) {
            String token = ISSUER.token().audience(AUDIENCE).scope(scope).sign();
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/tokenguard, operations, 200",
        "/actuator/info, operations, 200",
        "/actuator, operations, 200",
        "/actuator/tokenguard, other, 403",
        "/actuator/tokenguard, '', 401",
        "/actuator/info, '', 401",
        "/actuator/unknown, operations, 404",
        "/actuator/unknown, '', 401",
        "/orders, orders:read, 403",
        "/orders, '', 401"
    })
    void isDecidedByTheRoutesOfTheApplication(String path, String scope, int status) throws Exception {
        assertThat(call(shop, "management", path, scope)).isEqualTo(status);
    }

    /** Load balancers have no token. */
    @Test
    void showsHealthToEveryone() throws Exception {
        try (ConfigurableApplicationContext open = run("/actuator/info authenticated")) {
            assertThat(call(open, "management", "/actuator/health", "")).isEqualTo(200);
            assertThat(call(open, "management", "/actuator/info", "")).isEqualTo(401);
            assertThat(call(open, "management", "/actuator/env", "any")).isEqualTo(403);
        }
    }

    @Test
    void leavesTheApplicationAsItIs() throws Exception {
        assertThat(call(shop, "server", "/orders", "orders:read")).isEqualTo(200);
        assertThat(call(shop, "server", "/orders", "")).isEqualTo(401);
    }
}
