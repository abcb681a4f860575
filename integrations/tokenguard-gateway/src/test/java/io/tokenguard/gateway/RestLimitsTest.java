package io.tokenguard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.jaxrs.RequiresScopes;
import io.tokenguard.jaxrs.TokenGuardFeature;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestIssuer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits in code, in Jakarta REST without servlets, where annotations decide. */
class RestLimitsTest {
    private final TestIssuer issuer =
            TestIssuer.builder().audience(GuardedApi.AUDIENCE).start();
    private final TokenGuard guard = TokenGuard.builder()
            .issuer(TrustedIssuer.builder(issuer.issuer())
                    .audience(GuardedApi.AUDIENCE)
                    .build())
            .limit("GET /orders/** limit 2/1h per client")
            .brake(true)
            .brakeMaxFailures(5)
            .build();
    private final HttpServer server = serve();
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpServer serve() {
        guard.awaitReady(Duration.ofSeconds(10));
        return GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"), new ResourceConfig(Orders.class).register(feature()));
    }

    private TokenGuardFeature feature() {
        return TokenGuardFeature.builder(guard)
                .clientAddress(request -> "127.0.0.1")
                .build();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
        guard.close();
        issuer.close();
    }

    /** A resource whose rule is an annotation. */
    @Path("/orders")
    public static class Orders {
        @GET
        @RequiresScopes("read")
        public String list() {
            return "served";
        }
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        int port = server.getListener("grizzly").getPort();
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String token(String client) {
        return issuer.token().clientId(client).scope("read").sign();
    }

    @Test
    void aRequestBeyondTheLimitGets429WithItsFields() throws Exception {
        HttpResponse<String> first = get("/orders", token("shop"));
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().allValues("RateLimit")).containsExactly("\"client-1h\";r=1;t=1800");
        get("/orders", token("shop"));
        HttpResponse<String> refused = get("/orders", token("shop"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1_790L, 1_800L);
        assertThat(get("/orders", token("app")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/", "/orders;a=b", "/%6Frders", "/orders?x=1"})
    void noSpellingOfThePathEvadesTheLimit(String path) throws Exception {
        assertThat(get("/orders", token("shop")).statusCode()).isEqualTo(200);
        assertThat(get("/orders", token("shop")).statusCode()).isEqualTo(200);
        assertThat(get(path, token("shop")).statusCode()).isNotEqualTo(200);
    }

    @Test
    void manyBadTokensTurnTheBrakeOn() throws Exception {
        String good = token("shop");
        for (int bit = 0; bit < 5; bit++) {
            assertThat(get("/orders", CompactToken.parse(good).flipBit(bit).compact())
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(get("/orders", CompactToken.parse(good).flipBit(0).compact()).statusCode())
                .isEqualTo(429);
    }
}
