package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Behind the servlet filter a token is judged once, and each adapter makes its own demands of it. */
@OnEveryRuntime
class BesideFilterTest {
    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        assumeTrue(runtime.hasServlets());
        site = new RestApplication(
                        Guarded.class, ForwardingResource.class, MethodShapes.Scoped.class, MethodShapes.Opened.class)
                .servlet("/go", new Forwarding("/guarded/scoped"))
                .servlet("/public/go", new Forwarding("/guarded/scoped"))
                .servlet("/admin", new Greeting())
                .behindFilter(
                        "/guarded/** authenticated",
                        "/scoped/** public",
                        "/opened/** role x",
                        "/go authenticated",
                        "/public/** public",
                        "/forwarding public",
                        "/admin role x")
                .on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    private static int judged() {
        return site.keys().count();
    }

    @Test
    @DisplayName("a servlet filter and the feature on the same request")
    void judgesATokenOnce() throws IOException {
        int before = judged();
        assertThat(site.get("/guarded/scoped", site.bearer("a", "role:x")).body())
                .isEqualTo(Identity.known("alice"));
        assertThat(judged()).isEqualTo(before + 1);
    }

    @Test
    void makesTheDemandsOfTheResourceOfATokenThatTheFilterFoundGood() throws IOException {
        assertThat(site.get("/guarded/scoped").status()).isEqualTo(401);
        Answer answer = site.get("/guarded/scoped", site.bearer());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.challenge()).endsWith("scope=\"a\"");
        assertThat(site.get("/guarded/none", site.bearer("a")).status()).isEqualTo(403);
    }

    @Test
    void judgesTheTokenItselfWhereTheFilterLooksAtNone() throws IOException {
        int before = judged();
        assertThat(site.get("/scoped/plain").status()).isEqualTo(401);
        assertThat(site.get("/scoped/plain", site.bearer("a")).body()).isEqualTo("reached");
        assertThat(judged()).isEqualTo(before + 1);
    }

    @Test
    void leavesTheDemandsOfTheFilterInForce() throws IOException {
        assertThat(site.get("/opened/plain").status()).isEqualTo(401);
        assertThat(site.get("/opened/plain", site.bearer()).status()).isEqualTo(403);
        assertThat(site.get("/opened/plain", site.bearer("role:x")).body()).isEqualTo("reached");
    }

    @Test
    void judgesATokenOnceWhereAServletForwards() throws IOException {
        int before = judged();
        assertThat(site.get("/go", site.bearer("a", "role:x")).body()).isEqualTo(Identity.known("alice"));
        assertThat(site.get("/go", site.bearer()).status()).isEqualTo(403);
        assertThat(judged()).isEqualTo(before + 2);
        assertThat(site.get("/public/go").status()).isEqualTo(401);
    }

    @Test
    @DisplayName("a resource forwards to what the filter guards")
    void judgesATokenOnceWhereAResourceForwards() throws IOException {
        assumeTrue(runtime.isJersey(), "RESTEasy hands out a proxy of the request, which Jetty does not forward");
        int before = judged();
        assertThat(site.get("/forwarding", site.bearer("role:x")).body()).isEqualTo("servlet of alice");
        assertThat(judged()).isEqualTo(before + 1);
        assertThat(site.get("/forwarding", site.bearer()).status()).isEqualTo(403);
    }

    @Path("/guarded")
    public static class Guarded {
        @GET
        @Path("scoped")
        @RequiresScopes("a")
        public String scoped(@Context SecurityContext identity) {
            return Identity.of(identity);
        }

        @GET
        @Path("none")
        public String none() {
            return "reached";
        }
    }

    @Path("/forwarding")
    @Authenticated
    public static class ForwardingResource {
        @GET
        public void forward(@Context HttpServletRequest request, @Context HttpServletResponse response)
                throws IOException, ServletException {
            request.getRequestDispatcher("/admin").forward(request, response);
            response.flushBuffer();
        }
    }

    private static final class Greeting extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .print("servlet of " + request.getUserPrincipal().getName());
        }
    }

    private static final class Forwarding extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final String to;

        Forwarding(String to) {
            this.to = to;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            request.getRequestDispatcher(to).forward(request, response);
        }
    }
}
