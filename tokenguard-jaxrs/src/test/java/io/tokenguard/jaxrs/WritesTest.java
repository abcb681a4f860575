package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that happen once, on each runtime (draft-ietf-httpapi-idempotency-key-header). */
@OnEveryRuntime
class WritesTest {
    private static final AtomicInteger EFFECTS = new AtomicInteger();
    private static final AtomicInteger KEYS = new AtomicInteger();

    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    private String key = "";

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        site = application().on(runtime);
    }

    private static RestApplication application() {
        return new RestApplication(Orders.class)
                .with(new Numbering())
                .with(new Brackets())
                .with(new Mapping())
                .guardedBy(guard -> guard.write("/orders/** idempotent 24h")
                        .idempotencyMaxBody(100)
                        .idempotencyMaxAnswer(1_000)
                        .idempotencyLease(Duration.ofMinutes(1))
                        .idempotencyMaxBytes(1 << 20)
                        .idempotencyFields("X-Number"));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @BeforeEach
    void begin() {
        EFFECTS.set(0);
        key = "Idempotency-Key: \"k" + KEYS.incrementAndGet() + "\"";
    }

    private Answer post(String path, String body) throws IOException {
        return post(site, path, body);
    }

    private Answer post(RestSite asked, String path, String body) throws IOException {
        return asked.send("POST", path, body, asked.bearer("a"), "Content-Type: text/plain", key);
    }

    private static void assertReplayed(Answer answer, Answer first) {
        assertThat(answer.status()).isEqualTo(first.status());
        assertThat(answer.body()).isEqualTo(first.body());
        assertThat(answer.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(answer.header("Idempotent-Replayed")).containsExactly("true");
        assertThat(EFFECTS).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/orders/later", "/orders/future", "/orders/empty", "/orders/bad"})
    void theFirstAnswerIsRepeated(String path) throws IOException {
        Answer first = post(path, "cup");
        assertThat(first.status()).isBetween(200, 499);
        assertReplayed(post(path, "cup"), first);
    }

    @Test
    void filtersAndWritersRunForARepeatedAnswerAgainAndNotOverOneAnother() throws IOException {
        assertThat(post("/orders", "cup").body()).isEqualTo("[order 1 cup]");
        Answer second = post("/orders", "cup");
        assertThat(second.body()).isEqualTo("[order 1 cup]");
        assertThat(second.header("Link")).containsExactly("<number>");
        assertThat(second.header("Location")).singleElement().asString().endsWith("/orders/1");
    }

    @Test
    void fieldsThatAreConfiguredAreRepeatedAndCookiesAreNot() throws IOException {
        assertThat(post("/orders", "cup").header("Set-Cookie")).containsExactly("a=b");
        Answer second = post("/orders", "cup");
        assertThat(second.header("X-Number")).containsExactly("1");
        assertThat(second.header("Set-Cookie")).isEmpty();
    }

    @Test
    void aBodyThatIsNotHeldIsHashedAsItIsRead() throws IOException {
        String body = "b".repeat(500);
        Answer first = post("/orders", body);
        assertThat(first.body()).isEqualTo("[order 1 " + body + "]");
        assertReplayed(post("/orders", body), first);
        assertThat(post("/orders", body.substring(1) + "c").status()).isEqualTo(422);
        assertThat(post("/orders", body.substring(1)).status()).isEqualTo(422);
        assertThat(EFFECTS).hasValue(1);
    }

    @Test
    void anotherBodyGets422AndNoKeyGets400() throws IOException {
        post("/orders", "cup");
        assertThat(post("/orders", "pot").status()).isEqualTo(422);
        Answer refused = site.send("POST", "/orders", "cup", site.bearer("a"), "Content-Type: text/plain");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).containsExactly("application/problem+json");
        assertThat(refused.body()).contains("Idempotency-Key is missing");
        assertThat(EFFECTS).hasValue(1);
    }

    @Test
    void aRepeatedAnswerNeedsAGrantOfItsOwn() throws IOException {
        post("/orders", "cup");
        assertThat(site.send("POST", "/orders", "cup", site.bearer("b"), key).status())
                .isEqualTo(403);
        assertThat(site.send("POST", "/orders", "cup", key).status()).isEqualTo(401);
    }

    @Test
    void anotherSubjectRunsItsOwnWrite() throws IOException {
        post("/orders", "cup");
        assertThat(site.send("POST", "/orders", "cup", site.bearerOf("bob", "a"), "Content-Type: text/plain", key)
                        .body())
                .isEqualTo("[order 2 cup]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/broken", "/orders/unavailable"})
    void afterAnErrorOfTheServerTheRequestRunsAgain(String path) throws IOException {
        assertThat(post(path, "cup").status()).isGreaterThanOrEqualTo(500);
        assertThat(post(path, "cup").status()).isGreaterThanOrEqualTo(500);
        assertThat(EFFECTS).hasValue(2);
    }

    @Test
    void anAnswerThatIsTooLongIsSentAndNotRepeated() throws IOException {
        assertThat(post("/orders/long", "cup").body()).hasSize(2_002);
        assertThat(post("/orders/long", "cup").status()).isEqualTo(409);
        assertThat(EFFECTS).hasValue(1);
    }

    @Test
    void behindTheServletFilterAWriteBeginsOnce() throws Exception {
        assumeTrue(runtime.hasServlets());
        try (RestSite filtered =
                application().behindFilter("/orders/** authenticated").on(runtime)) {
            Answer first = post(filtered, "/orders", "cup");
            assertThat(first.body()).isEqualTo("[order 1 cup]");
            assertReplayed(post(filtered, "/orders", "cup"), first);
        }
    }

    /** Adds a field to each answer. */
    private static final class Numbering implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            response.getHeaders().add("Link", "<number>");
        }
    }

    /** Writes around each answer, as one does that encodes. */
    private static final class Brackets implements WriterInterceptor {
        @Override
        public void aroundWriteTo(WriterInterceptorContext entity) throws IOException {
            entity.getOutputStream().write('[');
            entity.proceed();
            entity.getOutputStream().write(']');
        }
    }

    /** Maps what an application throws. */
    private static final class Mapping implements ExceptionMapper<IllegalStateException> {
        @Override
        public Response toResponse(IllegalStateException failure) {
            return Response.status(500).entity("failed").build();
        }
    }

    @Path("/orders")
    @RequiresScopes("a")
    public static class Orders {
        @POST
        public Response create(String body) {
            int number = EFFECTS.incrementAndGet();
            return Response.status(201)
                    .header("Location", "/orders/" + number)
                    .header("X-Number", number)
                    .header("Set-Cookie", "a=b")
                    .type("text/plain")
                    .entity("order " + number + " " + body)
                    .build();
        }

        @POST
        @Path("later")
        public void later(String body, @Suspended AsyncResponse answer) {
            EFFECTS.incrementAndGet();
            Thread thread = new Thread(() -> answer.resume("later " + body));
            thread.setDaemon(true);
            thread.start();
        }

        @POST
        @Path("future")
        public CompletableFuture<String> future(String body) {
            EFFECTS.incrementAndGet();
            return CompletableFuture.completedFuture("future " + body);
        }

        @POST
        @Path("empty")
        public void empty() {
            EFFECTS.incrementAndGet();
        }

        @POST
        @Path("bad")
        public String bad() {
            EFFECTS.incrementAndGet();
            throw new BadRequestException();
        }

        @POST
        @Path("broken")
        public String broken() {
            EFFECTS.incrementAndGet();
            throw new IllegalStateException("broken");
        }

        @POST
        @Path("unavailable")
        public Response unavailable() {
            EFFECTS.incrementAndGet();
            return Response.status(503).build();
        }

        @POST
        @Path("long")
        public byte[] serveLong() {
            EFFECTS.incrementAndGet();
            return "x".repeat(2_000).getBytes(StandardCharsets.UTF_8);
        }
    }
}
