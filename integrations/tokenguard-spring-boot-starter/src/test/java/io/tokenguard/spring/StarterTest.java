package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Refusal;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An application with the starter and five lines of properties, over HTTP. */
class StarterTest {
    private static final String AUDIENCE = "https://shop.example";
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext shop;

    @BeforeAll
    static void start() {
        shop = SpringApplication.run(
                Shop.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-components=always",
                "--management.endpoint.health.show-details=always",
                "--place=" + ISSUER.issuer(),
                "--tokenguard.issuer-uri=${place}",
                "--tokenguard.audiences[0]=https://other.example",
                "--tokenguard.audiences[1]=" + AUDIENCE,
                "--tokenguard.roles-claim=roles",
                "--tokenguard.routes.routed=/routed/** scope routed");
    }

    @AfterAll
    static void stop() {
        shop.close();
        ISSUER.close();
    }

    private static TokenBuilder token() {
        return ISSUER.token().audience(AUDIENCE);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port") + path));
    }

    private static String call(String method, String path, String... scopes) throws Exception {
        HttpResponse<String> response = send(to(path).method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token().scope(scopes).sign()));
        return response.statusCode() + " " + response.body();
    }

    private static int callWithoutToken(String path) throws Exception {
        return send(to(path)).statusCode();
    }

    @Nested
    class AnAnnotatedHandler {
        @Test
        void isCalledWithItsScopes() throws Exception {
            assertThat(call("GET", "/orders", "orders:read")).isEqualTo("200 orders");
            assertThat(call("HEAD", "/orders", "orders:read")).startsWith("200");
        }

        @ParameterizedTest
        @CsvSource({"GET, /orders", "HEAD, /orders", "POST, /orders", "GET, /orders/17", "GET, /reports/daily"})
        void isNotCalledWithoutThem(String method, String path) throws Exception {
            assertThat(call(method, path, "other")).startsWith("403");
            assertThat(callWithoutToken(path)).isEqualTo(401);
        }

        @Test
        void mayHaveAComposedAnnotation() throws Exception {
            assertThat(call("POST", "/orders", "orders:write")).isEqualTo("200 created");
        }

        @Test
        void mayHaveTheAnnotationOfItsClass() throws Exception {
            assertThat(call("GET", "/reports/daily", "reports:admin")).isEqualTo("200 daily");
        }

        @Test
        void isOpenWherePermitted() throws Exception {
            assertThat(callWithoutToken("/open")).isEqualTo(200);
            assertThat(callWithoutToken("/reports/public")).isEqualTo(200);
        }

        @Test
        void isClosedWhereDenied() throws Exception {
            assertThat(call("GET", "/closed", "orders:read")).startsWith("403");
        }

        @Test
        void isNamedInTheRefusal() throws Exception {
            assertThat(call("GET", "/orders", "other")).startsWith("403");
            Refusal scope = Shop.REFUSALS.get(Shop.REFUSALS.size() - 1);
            assertThat(scope.decidedBy()).isEqualTo("handler " + Shop.Orders.class.getCanonicalName() + ".list");
            assertThat(scope.settings()).doesNotContain("tokenguard.routes");
            assertThat(call("GET", "/routed/both", "both")).startsWith("403");
            assertThat(Shop.REFUSALS.get(Shop.REFUSALS.size() - 1).decidedBy())
                    .isEqualTo("route /routed/** and handler " + Shop.Orders.class.getCanonicalName() + ".both");
            assertThat(call("GET", "/forgotten", "other")).startsWith("403");
            assertThat(Shop.REFUSALS.get(Shop.REFUSALS.size() - 1).decidedBy())
                    .isEqualTo("handler " + Shop.Orders.class.getCanonicalName() + ".forgotten");
        }

        @Test
        void requiresRoles() throws Exception {
            String clerk = token().claim("roles", List.of("clerk")).sign();
            assertThat(send(to("/orders/17").header("Authorization", "Bearer " + clerk))
                            .body())
                    .isEqualTo("17");
        }

        @Test
        void getsTokenAndClaims() throws Exception {
            String bearer =
                    token().subject("alice").claim("groups", List.of("a", "b")).sign();
            assertThat(send(to("/me").header("Authorization", "Bearer " + bearer))
                            .body())
                    .matches("alice \\S+ alice \\d+ \\[a, b] false");
        }
    }

    @Nested
    class AHandlerWithoutAnnotations {
        @ParameterizedTest
        @ValueSource(
                strings = {"/forgotten", "/not-there", "/", "/error", "/actuator", "/actuator/env", "/actuator/beans"})
        void isDenied(String path) throws Exception {
            assertThat(call("GET", path, "orders:read")).startsWith("403").doesNotContain("secret");
            assertThat(callWithoutToken(path)).isIn(401, 403);
        }

        @Test
        void isDecidedByARoute() throws Exception {
            assertThat(call("GET", "/routed/17", "routed")).isEqualTo("200 routed 17");
            assertThat(call("GET", "/routed/17", "other")).startsWith("403");
        }

        @Test
        void isOpenForHealth() throws Exception {
            assertThat(callWithoutToken("/actuator/health")).isEqualTo(200);
            assertThat(callWithoutToken("/actuator/health/tokenGuard")).isEqualTo(200);
        }
    }

    @Test
    void healthShowsTheKeysOfEachIssuer() throws Exception {
        assertThat(send(to("/actuator/health")).body())
                .contains("\"tokenGuard\":{", "\"degraded\":false")
                .contains("\"keys\":[{\"issuer\":\"" + ISSUER.issuer() + "\",\"state\":\"FRESH\"");
    }

    @Test
    void routeAndAnnotationMustBothBeMet() throws Exception {
        assertThat(call("GET", "/routed/both", "routed")).startsWith("403");
        assertThat(call("GET", "/routed/both", "both")).startsWith("403");
        assertThat(call("GET", "/routed/both", "both", "routed")).isEqualTo("200 both");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/forwarding", "/later"})
    void forwardsAreDecidedByTheHandlerThatTheyLeadTo(String path) throws Exception {
        assertThat(callWithoutToken(path)).isEqualTo(401);
        assertThat(call("GET", path, "other")).startsWith("403");
        assertThat(call("GET", path, "orders:read")).isEqualTo("200 orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/orders/", "//orders", "/orders;a=b", "/./orders", "/x/../orders", "/%6frders", "/orders%2f"})
    void otherSpellingsOfAPathOpenNothing(String path) throws Exception {
        assertThat(callWithoutToken(path)).isIn(400, 401, 403, 404);
        assertThat(call("GET", path, "other")).doesNotStartWith("200");
    }

    @Test
    void preflightsOfDeclaredOriginsAreAnsweredBySpring() throws Exception {
        HttpResponse<String> answer = send(to("/orders")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "GET"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://shop.example");
    }
}
