package io.tokenguard.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application of docs/frameworks.md, started and called. */
class ShopTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static TestIssuer issuer;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        issuer = TestIssuer.builder().audience("https://api.example.com").start();
        System.setProperty("tokenguard.issuer-uri", issuer.issuer());
        System.setProperty("tokenguard.audiences", "https://api.example.com");
        CompletableFuture<Server> started = new CompletableFuture<>();
        new Shop() {
            @Override
            public void run(Configuration configuration, Environment environment) {
                DefaultServerFactory ports = (DefaultServerFactory) configuration.getServerFactory();
                ports.setApplicationConnectors(List.of(anyPort()));
                ports.setAdminConnectors(List.of(anyPort()));
                super.run(configuration, environment);
                environment.lifecycle().addServerLifecycleListener(started::complete);
            }
        }.run("server");
        server = started.get();
    }

    private static HttpConnectorFactory anyPort() {
        HttpConnectorFactory connector = new HttpConnectorFactory();
        connector.setBindHost("127.0.0.1");
        connector.setPort(0);
        return connector;
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
        issuer.close();
        System.clearProperty("tokenguard.issuer-uri");
        System.clearProperty("tokenguard.audiences");
    }

    private static HttpResponse<String> send(String method, String path, String... fields) throws Exception {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody());
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
                    GET  | /nowhere              |              | 404
                    """)
    void answersByTheRules(String method, String path, String scope, int status) throws Exception {
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
    void injectsTheToken() throws Exception {
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
}
