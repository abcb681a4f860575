package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
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

/** Error pages are not judged again, and show an identity only if the request had passed with it (Servlet 6.0 §10.9). */
@OnEveryContainer
class ErrorPageTest {
    private static final AuthorizationReads READS = new AuthorizationReads();

    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        Application application = new Application("/public/** public", "/api/** authenticated", "/oops deny")
                .registeredBy((context, guard) -> {
                    READS.register(context);
                    TokenGuardFilter.register(context, guard);
                })
                .servlet((request, response) -> response.sendError(500), "/public/fail", "/api/fail")
                .servlet(ErrorPageTest::fail, "/public/throw", "/api/throw")
                .servlet(ErrorPageTest::forward, "/public/forward", "/api/forward")
                .servlet(ErrorPageTest::page, "/oops")
                .servingFiles();
        for (int status : new int[] {400, 401, 403, 404, 405, 500, 503}) {
            application.errorPage(status, "/oops");
        }
        site = application.on(container);
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
    @ValueSource(strings = {"/api/fail", "/api/throw"})
    void showsTheIdentityThatTheRequestPassedWithAndJudgesNothingAgain(String target) throws IOException {
        Answer answer = site.get(target, site.bearer());
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("page: " + Page.known("alice"));
        assertThat(READS.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/fail", "/public/throw"})
    void showsNoIdentityWhereTheRequestPassedWithoutOne(String target) throws IOException {
        assertThat(site.get(target, site.bearer()).body()).isEqualTo("page: " + Page.unknown());
        assertThat(READS.count()).isZero();
    }

    @Test
    void showsNoIdentityThatOnlyAFailedForwardHad() throws IOException {
        assertThat(site.get("/public/forward?to=/api/throw", site.bearer()).body())
                .isEqualTo("page: " + Page.unknown());
    }

    @Test
    void showsTheIdentityOnThePageForAResourceThatIsNotThere() throws IOException {
        Answer answer = site.get("/api/nothing", site.bearer());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("page: " + Page.known("alice"));
    }

    @Test
    void isNoPageForWhatTheGuardRefuses() throws IOException {
        assertRefused(site.get("/api/fail"), 401);
        assertRefused(site.get("/unknown", site.bearer()), 403);
        assertRefused(site.get("/api/fail;x=1"), 400);
        assertRefused(site.get("/api/../oops"), 400);
        assertRefused(site.get("/oops"), 401);
        assertRefused(site.get("/oops", site.bearer()), 403);
    }

    @Test
    void isNoPageForAForwardThatTheGuardRefuses() throws IOException {
        Answer answer = site.get("/api/forward?to=/oops", site.bearer());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"error\":\"insufficient_scope\"}");
        assertThat(site.reached()).containsExactly("/public/forward");
    }

    private static void assertRefused(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("page:");
        assertThat(site.reached()).isEmpty();
    }

    private static void fail(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        throw new ServletException("on purpose");
    }

    private static void forward(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.getRequestDispatcher(request.getParameter("to")).forward(request, response);
    }

    private static void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("page: " + Page.describe(request));
    }
}
