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

/** Spellings of a path that exact rules name, on a site where a wider rule is open to everyone. */
@OnEveryContainer
class NeighbouringPathTest {
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/** public", "/admin role admin", "/exact/ role admin", "/any/*/edit role admin")
                .servlet(Page::identity, "/admin/*")
                .servlet(Page::identity, "/exact")
                .servlet(Page::identity, "/any/*")
                .servlet(NeighbouringPathTest::forward, "/forward")
                .servlet(NeighbouringPathTest::include, "/include")
                .servlet((request, response) -> request.startAsync().dispatch(request.getParameter("to")), "/dispatch")
                .servlet(Page::identity, "/")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @BeforeEach
    void forget() {
        site.reached().clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin/",
                "/%61dmin/",
                "/admin/?x=1",
                "/exact",
                "/exact/",
                "/any/7/edit",
                "/any/7/edit/",
                "/ADMIN",
                "/Admin/",
                "/admin.json",
                "/admin.json/",
                "/admin.",
                "/admin%20",
                "/ANY/7/Edit.html"
            })
    void meetTheExactRule(String target) throws IOException {
        assertThat(site.get(target).status()).isEqualTo(401);
        assertThat(site.get(target, site.bearer()).status()).isEqualTo(403);
        assertThat(site.reached()).isEmpty();
        assertThat(site.get(target, site.bearerWithRole("admin")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/admin//", "//admin/", "/admin/;x=1", "/admin;x=1/", "/admin/.", "/admin/%2e", "/admin%2F"})
    void areRefusedWhereTheyAreAmbiguous(String target) throws IOException {
        assertThat(site.get(target).status()).isEqualTo(400);
        assertThat(site.reached()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/administrator", "/any/7", "/any/7/", "/", "/exactly/"})
    void areNotAllPathsThatLookAlike(String target) throws IOException {
        assertThat(site.get(target).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin", "/admin/", "/exact", "/exact/", "/any/7/edit/", "/ADMIN/"})
    void areRefusedWhereADispatchLeadsToThem(String path) throws IOException {
        assertThat(site.get("/forward?to=" + path).status()).isEqualTo(401);
        assertThat(site.get("/dispatch?to=" + path).status()).isEqualTo(401);
        assertThat(site.get("/include?to=" + path).body()).isEqualTo("<>");
        assertThat(site.reached()).containsExactly("/forward", "/dispatch", "/include");
    }

    @Test
    void areServedWhereADispatchLeadsToThemAndTheTokenGrantsIt() throws IOException {
        String admin = site.bearerWithRole("admin");
        assertThat(site.get("/forward?to=/admin/", admin).body()).isEqualTo(Page.known("alice"));
        assertThat(site.get("/include?to=/admin/", admin).body()).isEqualTo("<" + Page.known("alice") + ">");
    }

    private static void forward(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.getRequestDispatcher(request.getParameter("to")).forward(request, response);
    }

    private static void include(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.getWriter().print("<");
        request.getRequestDispatcher(request.getParameter("to")).include(request, response);
        response.getWriter().print(">");
    }
}
