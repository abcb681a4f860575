package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Async dispatches are judged by the path they lead to, and the identity goes with the request (Servlet 6.0 §2.3.3.3). */
@OnEveryContainer
class AsyncTest {
    private static final AuthorizationReads READS = new AuthorizationReads();

    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/public/** public", "/api/** authenticated", "/admin/** role admin")
                .registeredBy((context, guard) -> {
                    READS.register(context);
                    TokenGuardFilter.register(context, guard);
                })
                .servlet((request, response) -> request.startAsync().dispatch(request.getParameter("to")), "/public/go")
                .servlet(
                        (request, response) ->
                                request.startAsync(request, response).dispatch(request.getParameter("to")),
                        "/api/go")
                .servlet(AsyncTest::dispatchToItselfTwice, "/api/again", "/public/again")
                .servlet(AsyncTest::completeLater, "/api/later")
                .servlet(AsyncTest::dispatchLater, "/api/thread")
                .servlet(Page::identity, "/public/who")
                .servlet(Page::identity, "/api/who")
                .servlet(Page::identity, "/admin/*")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @BeforeEach
    void forget() {
        site.reached().clear();
        READS.reset();
    }

    @Test
    void refusesADispatchFromAnOpenPathToAProtectedOne() throws IOException {
        Answer answer = site.get("/public/go?to=/admin/x");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenge()).startsWith("Bearer realm=\"api\" | DPoP realm=\"api\", algs=");
        assertThat(site.reached()).containsExactly("/public/go");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/go", "/api/go"})
    void refusesADispatchToWhatTheTokenDoesNotGrant(String from) throws IOException {
        Answer answer = site.get(from + "?to=/admin/x", site.bearer());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"error\":\"insufficient_scope\"}");
        assertThat(site.reached()).containsExactly(from);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/go", "/api/go"})
    void grantsADispatchToWhatTheTokenGrants(String from) throws IOException {
        assertThat(site.get(from + "?to=/admin/x", site.bearerWithRole("admin")).body())
                .isEqualTo(Page.known("alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/who", "/api/who"})
    void takesTheIdentityAlongAndJudgesTheTokenOnce(String to) throws IOException {
        assertThat(site.get("/api/go?to=" + to, site.bearer()).body()).isEqualTo(Page.known("alice"));
        assertThat(READS.count()).isEqualTo(1);
    }

    @Test
    void takesNoIdentityAlongFromAnOpenPathToAnother() throws IOException {
        assertThat(site.get("/public/go?to=/public/who", site.bearer()).body()).isEqualTo(Page.unknown());
    }

    @Test
    void keepsTheIdentityInDispatchesToTheSamePath() throws IOException {
        assertThat(site.get("/api/again", site.bearer()).body())
                .isEqualTo("REQUEST " + Page.known("alice") + " ASYNC " + Page.known("alice") + " ASYNC "
                        + Page.known("alice"));
        assertThat(READS.count()).isEqualTo(1);
    }

    @Test
    void keepsAnOpenPathWithoutIdentityInDispatchesToItself() throws IOException {
        assertThat(site.get("/public/again", site.bearer()).body())
                .isEqualTo("REQUEST " + Page.unknown() + " ASYNC " + Page.unknown() + " ASYNC " + Page.unknown());
    }

    @Test
    void showsTheIdentityToAThreadThatCompletesTheRequestLater() throws IOException {
        assertThat(site.get("/api/later", site.bearer()).body()).isEqualTo(Page.known("alice"));
    }

    @Test
    void refusesADispatchThatAThreadMakesLater() throws IOException {
        Answer answer = site.get("/api/thread?to=/admin/x", site.bearer());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(site.reached()).containsExactly("/api/thread");
    }

    private static void dispatchToItselfTwice(HttpServletRequest request, HttpServletResponse response) {
        Object before = request.getAttribute("said");
        String said = (before == null ? "" : before + " ") + request.getDispatcherType() + " " + Page.describe(request);
        request.setAttribute("said", said);
        boolean isLast = request.getAttribute("last") != null;
        if (isLast) {
            print(said, response);
            return;
        }
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            request.setAttribute("last", "yes");
        }
        request.startAsync().dispatch();
    }

    private static void completeLater(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync(request, response);
        async.start(() -> {
            print(Page.describe(request), response);
            async.complete();
        });
    }

    private static void dispatchLater(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        String to = request.getParameter("to");
        async.start(() -> async.dispatch(to));
    }

    private static void print(String text, HttpServletResponse response) {
        try {
            response.getWriter().print(text);
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
