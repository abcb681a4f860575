package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules on runtimes without servlets, over real HTTP. */
@OnEveryRuntime
class WithoutServletsTest {
    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        assumeFalse(runtime.hasServlets());
        site = new RestApplication(Orders.class).on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET     | /orders          |       | 401
                    GET     | /orders          | other | 403
                    GET     | /orders          | read  | 200
                    GET     | /orders/         |       | 401
                    HEAD    | /orders          |       | 401
                    OPTIONS | /orders          |       | 401
                    OPTIONS | /orders          | read  | 403
                    POST    | /orders          |       | 401
                    POST    | /orders          | read  | 403
                    POST    | /orders          | write | 200
                    GET     | /orders/open     |       | 200
                    GET     | /orders/unruled  |       | 401
                    GET     | /orders/unruled  | read  | 403
                    GET     | /orders/closed   | read  | 403
                    GET     | /orders/sub/leaf |       | 401
                    GET     | /orders/sub/leaf | leaf  | 403
                    GET     | /orders/sub/leaf | sub   | 403
                    GET     | /nowhere         |       | 404
                    """)
    void answersByTheRules(String method, String path, String scope, int status) throws IOException {
        Answer answer = scope == null ? site.send(method, path, "") : site.send(method, path, "", site.bearer(scope));
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void wantsWhatLocatorAndSubResourceRequire() throws IOException {
        assertThat(site.get("/orders/sub/leaf", site.bearer("sub", "leaf")).body())
                .isEqualTo("leaf");
    }

    @Test
    void challengesRequestsWithoutAToken() throws IOException {
        assertThat(site.get("/orders").header("WWW-Authenticate"))
                .isNotEmpty()
                .allSatisfy(challenge -> assertThat(challenge).contains("realm=\"api\""));
    }

    @Test
    void showsTheIdentity() throws IOException {
        assertThat(site.get("/orders", site.bearer("read")).body()).isEqualTo("alice/Bearer/false/alice");
    }

    @Test
    void refusesAForgedToken() throws IOException {
        String token = site.bearer("read");
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";
        assertThat(site.get("/orders", forged).status()).isEqualTo(401);
    }

    @Path("/orders")
    public static class Orders {
        @GET
        @RequiresScopes("read")
        public String list(@Context SecurityContext identity) {
            return Identity.of(identity);
        }

        @POST
        @RequiresScopes("write")
        public String add() {
            return "added";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "open";
        }

        @GET
        @Path("unruled")
        public String unruled() {
            return "unruled";
        }

        @GET
        @Path("closed")
        @DenyAll
        public String closed() {
            return "closed";
        }

        @Path("sub")
        @RequiresScopes("sub")
        public Sub sub() {
            return new Sub();
        }
    }

    public static class Sub {
        @GET
        @Path("leaf")
        @RequiresScopes("leaf")
        public String leaf() {
            return "leaf";
        }
    }
}
