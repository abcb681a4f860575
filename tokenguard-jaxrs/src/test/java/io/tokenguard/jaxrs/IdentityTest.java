package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a resource finds of its caller, on whatever thread it looks (Jakarta REST 3.1 §10.2.5). */
@OnEveryRuntime
class IdentityTest {
    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        site = new RestApplication(Callers.class, new Single()).on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/who/parameter", "/who/field", "/single/parameter", "/single/field"})
    void isInTheSecurityContext(String path) throws IOException {
        assertThat(site.get(path, site.bearer("role:x")).body()).isEqualTo(Identity.known("alice"));
        assertThat(site.get(path, site.bearer()).body()).isEqualTo("alice/Bearer/false/alice");
    }

    /** Servlet 6.0 §13.3. */
    @Test
    void isInNoRoleThatStandsForOthers() throws IOException {
        assertThat(site.get("/who/roles", site.bearer("role:*", "role:x")).body())
                .isEqualTo("*: false, **: true, x: true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/who/token", "/single/token"})
    void isInjectedAsAToken(String path) throws IOException {
        assertThat(site.get(path, site.bearer()).body()).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/who/open", "/single/open"})
    void isNotSeenWhereNoTokenIsLookedAt(String path) throws IOException {
        assertThat(site.get(path, site.bearer()).body()).isEqualTo("nobody and no token");
        assertThat(site.get(path, "Authorization: Bearer nonsense").body()).isEqualTo("nobody and no token");
    }

    @ParameterizedTest
    @DisplayName("asynchronous resources")
    @ValueSource(strings = {"/who/later", "/who/stage"})
    void goesWithAsynchronousResources(String path) throws IOException {
        assertThat(site.get(path, site.bearer()).body()).isEqualTo("alice");
    }

    @Test
    @DisplayName("server-sent events")
    void goesWithServerSentEvents() throws IOException {
        Answer answer = site.get("/who/events", site.bearer("role:x"), "Accept: text/event-stream");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("data: " + Identity.known("alice"));
        assertThat(site.get("/who/events", "Accept: text/event-stream").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @DisplayName("asynchronous resources are judged before they begin")
    @ValueSource(strings = {"/who/later", "/who/stage"})
    void isDemandedOfAsynchronousResources(String path) throws IOException {
        assertThat(site.get(path).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("no leak to another request")
    void isNeverThatOfAnotherRequest() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        List<Future<String>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                String subject = "user-" + i;
                String path = List.of("/who/later", "/who/stage", "/single/field", "/who/parameter")
                        .get(i % 4);
                answers.add(clients.submit(
                        () -> site.get(path, site.bearerOf(subject, "role:x")).body()));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).matches("user-" + i + "(/Bearer/true/user-" + i + ")?");
            }
            assertThat(site.get("/who/open").body()).isEqualTo("nobody and no token");
        } finally {
            clients.shutdownNow();
        }
    }

    @Path("/who")
    @Authenticated
    public static class Callers {
        @Context
        SecurityContext field;

        @GET
        @Path("parameter")
        public String parameter(@Context SecurityContext identity) {
            return Identity.of(identity);
        }

        @GET
        @Path("field")
        public String field() {
            return Identity.of(field);
        }

        @GET
        @Path("roles")
        public String roles(@Context SecurityContext identity) {
            return "*: " + identity.isUserInRole("*") + ", **: " + identity.isUserInRole("**") + ", x: "
                    + identity.isUserInRole("x");
        }

        @GET
        @Path("token")
        public String token(@Context AccessToken token) {
            return token.subject().orElse("");
        }

        @GET
        @Path("open")
        @PermitAll
        public String open(@Context SecurityContext identity, @Context AccessToken token) {
            return (identity.getUserPrincipal() == null ? "nobody" : "somebody") + " and "
                    + (token == null ? "no token" : "a token");
        }

        @GET
        @Path("later")
        public void later(@Context SecurityContext identity, @Suspended AsyncResponse response) {
            Principal caller = identity.getUserPrincipal();
            new Thread(() -> response.resume(caller.getName())).start();
        }

        @GET
        @Path("stage")
        public CompletionStage<String> stage(@Context SecurityContext identity) {
            Principal caller = identity.getUserPrincipal();
            return CompletableFuture.supplyAsync(caller::getName);
        }

        @GET
        @Path("events")
        @Produces(MediaType.SERVER_SENT_EVENTS)
        public void events(@Context SecurityContext identity, @Context SseEventSink sink, @Context Sse sse) {
            sink.send(sse.newEvent(Identity.of(identity))).toCompletableFuture().join();
            sink.close();
        }
    }

    /** One object for all requests. */
    @Path("/single")
    @Authenticated
    public static class Single {
        @Context
        SecurityContext field;

        @GET
        @Path("parameter")
        public String parameter(@Context SecurityContext identity) {
            return Identity.of(identity);
        }

        @GET
        @Path("field")
        public String field() {
            return Identity.of(field);
        }

        @GET
        @Path("token")
        public String token(@Context AccessToken token) {
            return token.subject().orElse("");
        }

        @GET
        @Path("open")
        @PermitAll
        public String open(@Context SecurityContext identity, @Context AccessToken token) {
            return (identity.getUserPrincipal() == null ? "nobody" : "somebody") + " and "
                    + (token == null ? "no token" : "a token");
        }
    }
}
