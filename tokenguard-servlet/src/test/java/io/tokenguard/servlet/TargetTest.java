package io.tokenguard.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guard is told: the path that will be served, and beside it what the client wrote, in every kind of dispatch. */
@OnEveryContainer
class TargetTest {
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/** public")
                .under("/shop")
                .withLaxPaths()
                .servlet(TargetTest::tell, "/tell/*", "/told", "*.tell")
                .servlet(
                        (request, response) ->
                                request.getRequestDispatcher("/tell/a b").forward(request, response),
                        "/forward/*")
                .servlet(
                        (request, response) ->
                                request.getRequestDispatcher("/tell/a b").include(request, response),
                        "/include/*")
                .servlet(
                        (request, response) ->
                                request.getRequestDispatcher("/include/x").forward(request, response),
                        "/both/*")
                .servlet(
                        (request, response) -> request.getServletContext()
                                .getNamedDispatcher("/tell/*")
                                .include(request, response),
                        "/named/*")
                .servlet((request, response) -> request.startAsync().dispatch("/tell/a%20b"), "/async/*")
                .servlet((request, response) -> request.startAsync().dispatch("/forward/x"), "/far/*")
                .servlet(TargetTest::tell, "/*")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/tell/caf%C3%A9, REQUEST /tell/caf\u00e9",
        "/shop/tell, REQUEST /tell",
        "/shop/tell/, REQUEST /tell/",
        "/shop/told, REQUEST /told",
        "/shop/x/y.tell, REQUEST /x/y.tell",
        "/shop/a%20b, REQUEST /a b",
        "/shop/, REQUEST /",
        "/shop, REQUEST /"
    })
    void namesThePathByWhichTheContainerHasChosenTheServlet(String written, String served) throws IOException {
        assertThat(told(written)).isEqualTo(served + " written " + written);
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/forward/%7Ex, FORWARD",
        "/shop/include/%7Ex, INCLUDE",
        "/shop/both/%7Ex, INCLUDE",
        "/shop/async/%7Ex, ASYNC",
        "/shop/far/%7Ex, FORWARD"
    })
    void namesTheTargetOfADispatchAndWhatTheClientWrote(String written, String type) throws IOException {
        assertThat(told(written)).isEqualTo(type + " /tell/a b written " + written);
    }

    // Servlet 6.0 §9.3.1: whoever is dispatched to by name has no path of its own
    @Test
    void namesThePathOfTheRequestWhereAServletIsDispatchedToByName() throws IOException {
        assertThat(told("/shop/named/x")).isEqualTo("INCLUDE /named/x written /shop/named/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/tell/x?access_token=t", "/shop/forward/x?access_token=t"})
    void leavesTheQueryOut(String written) throws IOException {
        assertThat(told(written)).doesNotContain("access_token");
    }

    private static String told(String written) throws IOException {
        return new String(site.get(written).body().getBytes(ISO_8859_1), UTF_8);
    }

    private static void tell(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setCharacterEncoding("UTF-8");
        Target target = Target.of(request);
        response.getWriter()
                .print(target.type() + " " + target.path() + " written "
                        + target.describe(request).writtenPath());
    }
}
