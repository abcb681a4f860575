package io.tokenguard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.jaxrs.RequiresScopes;
import io.tokenguard.jaxrs.TokenGuardFeature;
import io.tokenguard.testkit.TestIssuer;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes that happen once, in code, in Jakarta REST without servlets. */
class RestWritesTest {
    private final TestIssuer issuer =
            TestIssuer.builder().audience(GuardedApi.AUDIENCE).start();
    private final TokenGuard guard = TokenGuard.builder()
            .issuer(TrustedIssuer.builder(issuer.issuer())
                    .audience(GuardedApi.AUDIENCE)
                    .build())
            .write("/orders/** idempotent 1h")
            .idempotencyMaxBody(1_000)
            .idempotencyMaxAnswer(1_000)
            .idempotencyLease(Duration.ofMinutes(1))
            .idempotencyMaxBytes(1 << 20)
            .idempotencyFields("X-Number")
            .build();
    private final AtomicInteger effects = new AtomicInteger();
    private final HttpServer server = serve();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String token = WriteApi.token(issuer, "alice", "shop");

    private HttpServer serve() {
        guard.awaitReady(Duration.ofSeconds(10));
        TokenGuardFeature feature = TokenGuardFeature.builder(guard)
                .clientAddress(request -> "127.0.0.1")
                .build();
        return GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"),
                new ResourceConfig().register(new Orders(effects)).register(feature));
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
        guard.close();
        issuer.close();
    }

    /** Resources that count their effects. */
    @Path("/orders")
    @RequiresScopes("write")
    public static class Orders {
        private final AtomicInteger effects;

        Orders(AtomicInteger effects) {
            this.effects = effects;
        }

        @POST
        public Response create(String body) {
            int number = effects.incrementAndGet();
            return Response.created(URI.create("/orders/" + number))
                    .header("X-Number", number)
                    .header("Set-Cookie", "a=b")
                    .entity("order " + number + " read " + body.length())
                    .build();
        }

        @POST
        @Path("silent")
        public void silent() {
            effects.incrementAndGet();
        }

        @POST
        @Path("broken")
        public void broken() {
            throw new IllegalStateException("broken " + effects.incrementAndGet());
        }

        @POST
        @Path("long")
        public String tooLong() {
            return "x".repeat(2_000 + effects.incrementAndGet());
        }
    }

    private HttpResponse<String> post(String path, String bearer, String key, String body) throws Exception {
        int port = server.getListener("grizzly").getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + bearer)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return client.send(
                (key.isEmpty() ? request : request.header("Idempotency-Key", "\"" + key + "\"")).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theFirstAnswerIsRepeatedAndTheEffectHappensOnce() throws Exception {
        HttpResponse<String> first = post("/orders", token, "k1", "{}");
        HttpResponse<String> second = post("/orders", token, "k1", "{}");
        assertThat(first.body()).isEqualTo("order 1 read 2");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(second.headers().firstValue("X-Number")).contains("1");
        assertThat(second.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(effects).hasValue(1);
    }

    @Test
    void anAnswerWithoutABodyIsRepeated() throws Exception {
        assertThat(post("/orders/silent", token, "k1", "").statusCode()).isEqualTo(204);
        assertThat(post("/orders/silent", token, "k1", "").statusCode()).isEqualTo(204);
        assertThat(effects).hasValue(1);
    }

    @Test
    void aRequestWithoutAKeyGetsTheAnswerOfTheDraft() throws Exception {
        HttpResponse<String> refused = post("/orders", token, "", "{}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body()).contains("Idempotency-Key is missing");
    }

    @Test
    void theSameKeyForAnotherBodyGets422() throws Exception {
        String body = "b".repeat(3_000);
        assertThat(post("/orders", token, "k1", body).body()).isEqualTo("order 1 read 3000");
        assertThat(post("/orders", token, "k1", body).body()).isEqualTo("order 1 read 3000");
        assertThat(post("/orders", token, "k1", body.substring(1) + "c").statusCode())
                .isEqualTo(422);
    }

    @Test
    void anotherSubjectWithTheSameKeyGetsItsOwnAnswer() throws Exception {
        post("/orders", token, "k1", "");
        assertThat(post("/orders", WriteApi.token(issuer, "bob", "shop"), "k1", "").body())
                .startsWith("order 2");
    }

    @Test
    void afterAnErrorOfTheServerTheRequestRunsAgain() throws Exception {
        assertThat(post("/orders/broken", token, "k1", "").statusCode()).isEqualTo(500);
        assertThat(post("/orders/broken", token, "k1", "").statusCode()).isEqualTo(500);
        assertThat(effects).hasValue(2);
    }

    @Test
    void anAnswerThatIsTooLongIsSentAndNotRepeated() throws Exception {
        assertThat(post("/orders/long", token, "k1", "").body()).hasSize(2_001);
        assertThat(post("/orders/long", token, "k1", "").statusCode()).isEqualTo(409);
        assertThat(effects).hasValue(1);
    }
}
