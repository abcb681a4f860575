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

/** Includes are judged by the path they lead to; what is refused adds nothing (Servlet 6.0 §9.3; CVE-2022-31692). */
@OnEveryContainer
class IncludeTest {
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
                .servlet(IncludeTest::include, "/public/page", "/api/page")
                .servlet(Page::identity, "/public/who")
                .servlet(Page::identity, "/api/who", "/api/other")
                .servlet((request, response) -> response.getWriter().print("secret"), "/admin/*", "/admin/exact")
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
    @ValueSource(
            strings = {
                "/admin/fragment",
                "/admin",
                "/admin/",
                "/admin/exact",
                "/admin/exact/",
                "/public/../admin/x",
                "/admin/x;a=1"
            })
    void addsNothingOfAProtectedFragmentToAnOpenPage(String fragment) throws IOException {
        Answer answer = site.get("/public/page?of=" + fragment);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("<>" + Page.unknown());
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
        assertThat(site.reached()).containsExactly("/public/page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/page", "/api/page"})
    void addsNothingOfAFragmentThatTheTokenDoesNotGrant(String page) throws IOException {
        Answer answer = site.get(page + "?of=/admin/fragment", site.bearer());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("<>");
        assertThat(site.reached()).containsExactly("/public/page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/page", "/api/page"})
    void addsAFragmentThatTheTokenGrants(String page) throws IOException {
        assertThat(site.get(page + "?of=/admin/fragment", site.bearerWithRole("admin"))
                        .body())
                .startsWith("<secret>");
    }

    @Test
    void showsTheIdentityToTheFragmentAndNotToTheOpenPageAroundIt() throws IOException {
        assertThat(site.get("/public/page?of=/api/who", site.bearer()).body())
                .isEqualTo("<" + Page.known("alice") + ">" + Page.unknown());
    }

    @Test
    void keepsTheIdentityOfAProtectedPageInAnOpenFragmentAndAfterIt() throws IOException {
        assertThat(site.get("/api/page?of=/public/who", site.bearer()).body())
                .isEqualTo("<" + Page.known("alice") + ">" + Page.known("alice"));
    }

    @Test
    void judgesTheTokenOnceHoweverManyFragmentsNeedIt() throws IOException {
        Answer answer = site.get("/public/page?of=/api/who&of=/api/other&of=/api/who", site.bearer());
        assertThat(answer.body()).isEqualTo(("<" + Page.known("alice") + ">").repeat(3) + Page.unknown());
        assertThat(READS.count()).isEqualTo(1);
    }

    @Test
    void judgesAFragmentWithinAFragmentByItsOwnPath() throws IOException {
        assertThat(site.get("/public/page?of=/api/page%3Fof=/admin/x%26of=/api/who", site.bearer())
                        .body())
                .contains("<" + Page.known("alice") + ">")
                .doesNotContain("secret")
                .endsWith(Page.unknown());
    }

    /** Included with parameters of its own, a page sees those of the page around it too, after its own. */
    private static void include(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        boolean isFragment = request.getAttribute("depth") != null;
        request.setAttribute("depth", "1");
        String[] fragments = request.getParameterValues("of");
        for (int i = 0; i < (isFragment ? 2 : fragments.length); i++) {
            response.getWriter().print("<");
            request.getRequestDispatcher(fragments[i]).include(request, response);
            response.getWriter().print(">");
        }
        response.getWriter().print(Page.describe(request));
    }
}
