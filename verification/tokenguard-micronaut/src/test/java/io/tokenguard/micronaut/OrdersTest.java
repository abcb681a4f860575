package io.tokenguard.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The application of docs/frameworks.md, started and called. */
class OrdersTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Map<String, String> RULES = Map.of(
            "tokenguard.audiences", "https://api.example.com",
            "tokenguard.routes.read", "GET /orders scope orders:read",
            "tokenguard.routes.write", "POST /orders scope orders:write",
            "tokenguard.routes.open", "GET /orders/opening-hours public");

    private static TestIssuer issuer;
    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.builder().audience("https://api.example.com").start();
        System.setProperty("tokenguard.issuer-uri", issuer.issuer());
        RULES.forEach(System::setProperty);
        server = ApplicationContext.run(EmbeddedServer.class, Map.of("micronaut.server.port", -1));
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
        System.clearProperty("tokenguard.issuer-uri");
        RULES.keySet().forEach(System::clearProperty);
    }

    private static HttpResponse<String> send(String method, String path, String... fields) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.getURI() + path)).method(method, BodyPublishers.noBody());
        if (fields.length > 0) {
            request.headers(fields);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET  | /orders               |              | 401
                    GET  | /orders               | other        | 403
                    GET  | /orders               | orders:read  | 200
                    HEAD | /orders               |              | 401
                    POST | /orders               | orders:read  | 403
                    POST | /orders               | orders:write | 200
                    GET  | /orders/opening-hours |              | 200
                    GET  | /nowhere              |              | 401
                    GET  | /nowhere              | orders:read  | 403
                    """)
    void answersByTheRoutes(String method, String path, String scope, int status) throws Exception {
        HttpResponse<String> answer = scope == null
                ? send(method, path)
                : send(
                        method,
                        path,
                        "Authorization",
                        "Bearer " + issuer.token().scope(scope).sign());
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void givesTheTokenToTheController() throws Exception {
        String token = issuer.token().subject("alice").scope("orders:read").sign();
        assertThat(send("GET", "/orders", "Authorization", "Bearer " + token).body())
                .isEqualTo("orders of alice");
    }

    @Test
    void challengesWhoSendsNoToken() throws Exception {
        assertThat(send("GET", "/orders").headers().allValues("WWW-Authenticate"))
                .first()
                .asString()
                .startsWith("Bearer realm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/orders/opening-hours/../../orders", "/orders/opening-hours/%2e%2e", "//orders", "/orders;a"})
    void refusesPathsThatServersReadDifferently(String path) throws Exception {
        assertThat(send("GET", path).statusCode()).isIn(400, 401);
    }
}
