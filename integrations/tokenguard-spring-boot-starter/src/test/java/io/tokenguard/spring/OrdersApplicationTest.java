package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.shop.OrdersApplication;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application of the documentation, as it stands, with the two properties of the documentation. */
class OrdersApplicationTest {
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        application = SpringApplication.run(
                OrdersApplication.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--tokenguard.roles-claim=roles",
                "--tokenguard.issuer-uri=" + ISSUER.issuer(),
                "--tokenguard.audiences=https://api.example.com");
    }

    @AfterAll
    static void stop() {
        application.close();
        ISSUER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /welcome, none, 200 welcome",
        "GET, /orders, none, 401",
        "GET, /orders, orders:write, 403",
        "GET, /orders, orders:read, 200 orders of alice",
        "POST, /orders, orders:read, 403",
        "POST, /orders, orders:write, 200 created for alice",
        "GET, /me, other, 200 alice",
        "GET, /admin, orders:read, 403",
        "GET, /unnamed, orders:read, 403"
    })
    void answersAsItsAnnotationsSay(String method, String path, String scope, String answer) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!scope.equals("none")) {
            request.header("Authorization", "Bearer " + token(scope));
        }
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode() + " " + response.body()).startsWith(answer);
    }

    private static String token(String scope) {
        return ISSUER.token()
                .audience("https://api.example.com")
                .subject("alice")
                .claim("roles", List.of("clerk"))
                .scope(scope)
                .sign();
    }
}
