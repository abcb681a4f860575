package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forwards are judged by the path they lead to (Servlet 6.0 §9.4; CVE-2022-31692 came from not doing so). */
@OnEveryContainer
class ForwardTest {
    private static final AuthorizationReads READS = new AuthorizationReads();
    private static final BlockingQueue<String> AFTERWARDS = new LinkedBlockingQueue<>();

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
                .servlet(ForwardTest::forward, "/public/go", "/api/go")
                .servlet(ForwardTest::forwardFromWriter, "/public/writer")
                .servlet(ForwardTest::forwardFromStream, "/public/stream")
                .servlet(Page::identity, "/public/*")
                .servlet(Page::identity, "/api/*")
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

    @ParameterizedTest
    @ValueSource(strings = {"/public/go", "/public/writer", "/public/stream"})
    void refusesAForwardFromAnOpenPathToAProtectedDirectory(String from) throws IOException {
        for (String to : new String[] {"/admin", "/admin/", "/admin/x/"}) {
            assertThat(site.get(from + "?to=" + to).status()).as(to).isEqualTo(401);
        }
        assertThat(site.reached()).doesNotContain("/admin/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/go", "/public/writer", "/public/stream"})
    void refusesAForwardFromAnOpenPathToAProtectedOne(String from) throws IOException {
        Answer answer = site.get(from + "?to=/admin/x");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenge()).startsWith("Bearer realm=\"api\" | DPoP realm=\"api\", algs=");
        assertThat(answer.body()).isEmpty();
        assertThat(site.reached()).containsExactly(nameOf(from));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/go", "/public/writer", "/public/stream", "/api/go"})
    void refusesAForwardToWhatTheTokenDoesNotGrantAndSaysNothingOfThePageBefore(String from) throws IOException {
        Answer answer = site.get(from + "?to=/admin/x", site.bearer());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.challenge()).contains("error=\"insufficient_scope\"");
        assertThat(answer.body()).isEqualTo("{\"error\":\"insufficient_scope\"}");
        assertThat(site.reached()).containsExactly(nameOf(from));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/go", "/api/go"})
    void grantsAForwardToWhatTheTokenGrants(String from) throws IOException {
        Answer answer = site.get(from + "?to=/admin/x", site.bearerWithRole("admin"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Page.known("alice"));
    }

    @Test
    void judgesTheTokenOnceHoweverOftenTheRequestIsForwarded() throws IOException {
        Answer answer = site.get("/api/go?to=/api/go%3Fto=/api/me", site.bearer());
        assertThat(answer.body()).isEqualTo(Page.known("alice"));
        assertThat(READS.count()).isEqualTo(1);
    }

    @Test
    void keepsTheIdentityOnTheWayToAnOpenPath() throws IOException {
        assertThat(site.get("/api/go?to=/public/who", site.bearer()).body()).isEqualTo(Page.known("alice"));
    }

    @Test
    void looksAtNoTokenOnTheWayFromOneOpenPathToAnother() throws IOException {
        assertThat(site.get("/public/go?to=/public/who", site.bearer()).body()).isEqualTo(Page.unknown());
        assertThat(READS.count()).isZero();
    }

    @Test
    void givesThePageBackTheIdentityItHadBefore() throws Exception {
        site.get("/public/go?to=/api/me&tell=1", site.bearer());
        assertThat(AFTERWARDS.poll(20, TimeUnit.SECONDS)).isEqualTo(Page.unknown());
        site.get("/api/go?to=/public/who&tell=1", site.bearer());
        assertThat(AFTERWARDS.poll(20, TimeUnit.SECONDS)).isEqualTo(Page.known("alice"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/../admin/x",
                "/admin/x;a=1",
                "/admin;a=1/x",
                "/admin//x",
                "//admin/x",
                "/public/%2e%2e/admin/x",
                "/./admin/x",
                "/public/..;/admin/x",
                "/%61dmin/x",
                "/admin%2Fx"
            })
    void neverForwardsToAProtectedPathInDisguise(String to) throws IOException {
        Answer answer = site.get("/public/go?to=" + encode(to), site.bearer());
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(site.reached()).doesNotContain("/admin/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/a b", "/public/a+b", "/public/caf\u00e9", "/public/\u65e5\u672c", "/public/a~b"})
    void forwardsToPathsThatAClientWouldHaveToEncode(String to) throws IOException {
        Answer answer = site.get(
                "/public/go?to=" + encode(encode(to).replace("+", "%20").replace("%2F", "/")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(site.reached()).containsExactly("/public/go", "/public/*");
    }

    private static void forward(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.getRequestDispatcher(request.getParameter("to")).forward(request, response);
        if (request.getParameter("tell") != null) {
            AFTERWARDS.add(Page.describe(request));
        }
    }

    private static void forwardFromWriter(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().print("what the page had begun to say");
        forward(request, response);
    }

    private static void forwardFromStream(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentLength(5_000);
        response.getOutputStream().print("what the page had begun to say");
        forward(request, response);
    }

    private static String nameOf(String path) {
        return path.endsWith("/go") ? "/public/go" : path;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
