package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter that a framework maps for requests only decides about every other kind of dispatch all the same. */
@OnEveryContainer
class RequestOnlyMappingTest {
    private static final AuthorizationReads READS = new AuthorizationReads();

    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/public/** public", "/api/** authenticated", "/admin/** role admin", "/oops deny")
                .registeredBy(RequestOnlyMappingTest::register)
                .servlet(RequestOnlyMappingTest::forward, "/public/forward", "/api/forward")
                .servlet(RequestOnlyMappingTest::forwardByContext, "/public/context-forward", "/api/context-forward")
                .servlet(RequestOnlyMappingTest::include, "/public/include", "/api/include")
                .servlet(RequestOnlyMappingTest::includeByName, "/public/named", "/api/named")
                .servlet(
                        (request, response) -> request.startAsync().dispatch(to(request)),
                        "/public/async",
                        "/api/async")
                .servlet((request, response) -> response.sendError(500), "/public/fail", "/api/fail")
                .servlet(RequestOnlyMappingTest::fail, "/public/throw", "/api/throw")
                .servlet(Page::identity, "/api/who")
                .servlet(Page::identity, "/admin/*")
                .servlet(RequestOnlyMappingTest::errorPage, "/oops")
                .errorPage(500, "/oops")
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
    @ValueSource(strings = {"forward", "context-forward", "async"})
    void refusesADispatchToWhatTheTokenDoesNotGrant(String kind) throws IOException {
        assertThat(site.get("/public/" + kind + "?to=/admin/x").status()).isEqualTo(401);
        assertThat(site.get("/api/" + kind + "?to=/admin/x", site.bearer()).status())
                .isEqualTo(403);
        assertThat(site.reached()).doesNotContain("/admin/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forward", "context-forward", "async"})
    void grantsADispatchToWhatTheTokenGrants(String kind) throws IOException {
        assertThat(site.get("/api/" + kind + "?to=/admin/x", site.bearerWithRole("admin"))
                        .body())
                .isEqualTo(Page.known("alice"));
        assertThat(READS.count()).isEqualTo(1);
    }

    @Test
    void addsNothingOfAnIncludeThatTheTokenDoesNotGrant() throws IOException {
        assertThat(site.get("/public/include?to=/admin/x").body()).isEqualTo("<>");
        assertThat(site.get("/api/include?to=/admin/x", site.bearer()).body()).isEqualTo("<>");
        assertThat(site.reached()).doesNotContain("/admin/*");
    }

    @Test
    void decidesAboutADispatchByNameByThePathOfTheRequest() throws IOException {
        assertThat(site.get("/api/named").status()).isEqualTo(401);
        assertThat(site.get("/api/named", site.bearer()).body()).isEqualTo("<" + Page.known("alice") + ">");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "throw"})
    void showsTheIdentityOnAnErrorPageOnlyIfTheRequestWasGrantedWithIt(String kind) throws IOException {
        assertThat(site.get("/api/" + kind, site.bearer()).body()).isEqualTo("page: " + Page.known("alice"));
        assertThat(site.get("/public/" + kind, site.bearer()).body()).isEqualTo("page: " + Page.unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "throw"})
    void refusesAForwardFromAnErrorPage(String kind) throws IOException {
        site.get("/public/" + kind + "?from-error=/admin/x", site.bearer());
        assertThat(site.reached()).contains("/oops").doesNotContain("/admin/*");
    }

    private static void register(ServletContext context, TokenGuard guard) {
        READS.register(context);
        FilterRegistration.Dynamic registration = context.addFilter("tokens", new TokenGuardFilter(guard));
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    private static String to(HttpServletRequest request) {
        return request.getParameter("to");
    }

    private static void forward(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.getRequestDispatcher(to(request)).forward(request, response);
    }

    private static void forwardByContext(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        RequestDispatcher dispatcher = request.getServletContext().getRequestDispatcher(to(request));
        dispatcher.forward(request, response);
    }

    private static void include(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.getWriter().print("<");
        request.getRequestDispatcher(to(request)).include(request, response);
        response.getWriter().print(">");
    }

    private static void includeByName(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.getWriter().print("<");
        request.getServletContext().getNamedDispatcher("/admin/*").include(request, response);
        response.getWriter().print(">");
    }

    private static void fail(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        throw new ServletException("on purpose");
    }

    private static void errorPage(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getParameter("from-error") != null) {
            request.getRequestDispatcher(request.getParameter("from-error")).forward(request, response);
        } else {
            response.getWriter().print("page: " + Page.describe(request));
        }
    }
}
