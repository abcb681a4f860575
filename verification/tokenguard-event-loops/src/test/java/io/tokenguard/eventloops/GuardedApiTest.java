package io.tokenguard.eventloops;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.vertx.core.Vertx;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example of the page on a real event loop, which must not block. */
class GuardedApiTest {
    private static final String AUDIENCE = "https://api.example.com";

    private static TestIssuer issuer;
    private static TokenGuard guard;
    private static Vertx vertx;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        EventLoop.watch();
        issuer = TestIssuer.builder().audience(AUDIENCE).start();
        issuer.on(TestEndpoint.JWKS).answer(Fault.delay(Duration.ofMillis(500)));
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .build())
                .route("GET /orders scope orders:read")
                .route("POST /orders scope orders:read")
                .build();
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        vertx = Vertx.vertx();
        vertx.deployVerticle(new GuardedApi(guard, port))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        guard.close();
        issuer.close();
    }

    private static HttpResponse<String> send(String path, String token, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!body.isEmpty()) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesAndRefuses() throws Exception {
        String token = issuer.token().scope("orders:read").sign();
        assertThat(send("/orders", token, "").body()).isEqualTo("orders of alice");
        assertThat(send("/orders", token, "").statusCode()).isEqualTo(200);
        assertThat(send("/orders", token, "a body").statusCode()).isEqualTo(200);
        assertThat(send("/orders", issuer.token().sign(), "").statusCode()).isEqualTo(403);
        HttpResponse<String> refused = send("/orders", "", "a body");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(send("/orders%2F1", token, "").statusCode()).isGreaterThanOrEqualTo(400);
    }
}
