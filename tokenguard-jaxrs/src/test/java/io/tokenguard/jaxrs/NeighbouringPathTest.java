package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A runtime serves one resource for several spellings of its path. Behind the servlet filter, each of them has to meet the
 * rule for that resource, and not the wider rule around it. The resources here demand nothing themselves.
 */
@OnEveryRuntime
class NeighbouringPathTest {
    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        assumeTrue(runtime.hasServlets());
        RestApplication application = new RestApplication(Admin.class, Slashed.class, Items.class)
                .behindFilter(
                        "/** authenticated",
                        "/admin scope admin",
                        "/slashed/ scope admin",
                        "/items/*/secret scope admin",
                        "POST /items/*/ scope admin",
                        "/items/list scope admin");
        if (runtime.isJersey()) {
            application.withJersey(JerseyModels::takeSuffixesForMediaTypes);
        }
        site = application.on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin/",
                "/slashed",
                "/slashed/",
                "/items/7/secret",
                "/items/7/secret/",
                "/items/list",
                "/items/list/"
            })
    void meetsTheRuleOfTheResourceWithOrWithoutASlash(String path) throws IOException {
        assertThat(site.get(path).status()).isEqualTo(401);
        assertThat(site.get(path, site.bearer()).status()).isEqualTo(403);
        assertThat(site.get(path, site.bearer("admin")).body()).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items/7", "/items/7/"})
    void meetsTheRuleForTheMethodWithOrWithoutASlash(String path) throws IOException {
        assertThat(site.get(path, site.bearer()).body()).isEqualTo("open");
        assertThat(site.send("POST", path, "x", site.bearer()).status()).isEqualTo(403);
        assertThat(site.send("POST", path, "x", site.bearer("admin")).body()).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin.json",
                "/admin.json/",
                "/%61dmin",
                "/%61dmin/",
                "/admin;x=1",
                "/admin/;x=1",
                "/admin//",
                "/ADMIN",
                "/admin%20"
            })
    void neverReachesTheResourceByAnotherSpelling(String path) throws IOException {
        assertThat(site.get(path, site.bearer()).body()).isNotEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin.json", "/items/list.json"})
    void meetsTheRuleOfTheResourceWhereASuffixStandsForAMediaType(String path) throws IOException {
        assumeTrue(runtime.isJersey());
        assertThat(site.get(path, site.bearer()).status()).isEqualTo(403);
        assertThat(site.get(path, site.bearer("admin")).body()).isEqualTo("secret");
    }

    @Path("/admin")
    @PermitAll
    public static class Admin {
        @GET
        public String get() {
            return "secret";
        }
    }

    @Path("/slashed/")
    @PermitAll
    public static class Slashed {
        @GET
        @Path("/")
        public String get() {
            return "secret";
        }
    }

    @Path("items/")
    @PermitAll
    public static class Items {
        @GET
        @Path("{id}")
        public String get() {
            return "open";
        }

        @POST
        @Path("{id}")
        public String post() {
            return "secret";
        }

        @GET
        @Path("/{id}/secret/")
        public String secret() {
            return "secret";
        }

        @GET
        @Path("list")
        public String list() {
            return "secret";
        }
    }
}
