package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What operators see of the guard by Actuator. */
class ActuatorTest {
    private static final String AUDIENCE = "https://shop.example";
    private static final TestIssuer ISSUER = TestIssuer.start();

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
                "--tokenguard.issuer-uri=" + ISSUER.issuer(),
                "--tokenguard.audiences=" + AUDIENCE,
                "--tokenguard.introspection.uri=" + ISSUER.introspectionUri(),
                "--tokenguard.introspection.client-id=api",
                "--tokenguard.introspection.client-secret=canary-secret",
                "--tokenguard.routes.actuator=/actuator/** scope operations"));
        arguments.addAll(List.of(more));
        return SpringApplication.run(Shop.class, arguments.toArray(String[]::new));
    }

    private static String call(ConfigurableApplicationContext shop, String method, String path, String scope)
            throws Exception {
        String token = ISSUER.token().audience(AUDIENCE).scope(scope).sign();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port") + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    @Test
    void theEndpointShowsKeysAndRevocationsWithoutSecrets() throws Exception {
        try (ConfigurableApplicationContext shop = run("--management.endpoints.web.exposure.include=tokenguard")) {
            TokenGuard guard = shop.getBean(TokenGuard.class);
            assertThat(guard.revoke(Revocation.subject(ISSUER.issuer(), "canary-subject")))
                    .isTrue();
            assertThat(call(shop, "GET", "/actuator/tokenguard", "operations"))
                    .startsWith("200")
                    .contains("\"issuer\":\"" + ISSUER.issuer() + "\",\"state\":\"FRESH\"", "\"serving\":true")
                    .contains("\"revocation\":{\"state\":\"KNOWN\",\"entries\":1")
                    .doesNotContain("canary", "eyJ");
        }
    }

    @Test
    void theEndpointIsReadOnlyAndNeedsItsRoute() throws Exception {
        try (ConfigurableApplicationContext shop = run("--management.endpoints.web.exposure.include=tokenguard")) {
            assertThat(call(shop, "POST", "/actuator/tokenguard", "operations")).startsWith("405");
            assertThat(call(shop, "DELETE", "/actuator/tokenguard", "operations"))
                    .startsWith("405");
            assertThat(call(shop, "GET", "/actuator/tokenguard", "other")).startsWith("403");
        }
    }

    @Test
    void nothingIsExposedByDefault() throws Exception {
        try (ConfigurableApplicationContext shop = run()) {
            assertThat(call(shop, "GET", "/actuator/tokenguard", "operations")).startsWith("404");
            assertThat(shop.getBeansOfType(GuardEndpoint.class)).isEmpty();
        }
    }

    @Test
    void infoListsTheIssuersUnlessThatIsSwitchedOff() throws Exception {
        try (ConfigurableApplicationContext shop = run("--management.endpoints.web.exposure.include=info")) {
            assertThat(call(shop, "GET", "/actuator/info", "operations"))
                    .isEqualTo("200 {\"tokenguard\":{\"issuers\":[\"" + ISSUER.issuer() + "\"]}}");
        }
        try (ConfigurableApplicationContext shop =
                run("--management.endpoints.web.exposure.include=info", "--management.info.tokenguard.enabled=false")) {
            assertThat(call(shop, "GET", "/actuator/info", "operations")).isEqualTo("200 {}");
        }
    }
}
