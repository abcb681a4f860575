package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Refusal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Conditions in annotations, over real HTTP. */
@OnEveryRuntime
class PolicyAnnotationTest {
    private static final List<Refusal> REFUSALS = new CopyOnWriteArrayList<>();
    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        site = new RestApplication(Invoices.class)
                .guardedBy(guard -> guard.observer(REFUSALS::add))
                .on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    private static int status(String path, String tenant) throws IOException {
        return site.get(
                        path,
                        "Authorization: Bearer "
                                + site.issuer().token().claim("tenant", tenant).sign())
                .status();
    }

    @Test
    void letThroughWhatMeetsThem() throws IOException {
        assertThat(status("/tenants/acme/invoices", "acme")).isEqualTo(200);
    }

    @Test
    void compareWithTheVariableOfTheTemplate() throws IOException {
        assertThat(status("/tenants/other/invoices", "acme")).isEqualTo(403);
        Refusal last = REFUSALS.get(REFUSALS.size() - 1);
        assertThat(last.reason().name()).isEqualTo("POLICY_DENIED");
        assertThat(last.decidedBy()).isEqualTo("handler " + Invoices.class.getCanonicalName() + ".list");
    }

    @Test
    void denyIfTheyAreUnknown() throws IOException {
        assertThat(site.get("/tenants/acme/invoices", site.bearer()).status()).isEqualTo(403);
    }

    @Test
    void ofAMethodReplaceThoseOfItsClass() throws IOException {
        assertThat(status("/tenants/acme/invoices/drafts", "acme")).isEqualTo(403);
        assertThat(status("/tenants/acme/invoices/drafts", "draft")).isEqualTo(200);
    }

    @Test
    void addToOtherAnnotations() throws IOException {
        assertThat(status("/tenants/acme/invoices/scoped", "acme")).isEqualTo(403);
    }

    @Path("/tenants/{tenant}/invoices")
    @RequiresPolicy("claim tenant = path:tenant")
    public static class Invoices {
        @GET
        public String list() {
            return "invoices";
        }

        @GET
        @Path("drafts")
        @RequiresPolicy("claim tenant = draft")
        public String drafts() {
            return "drafts";
        }

        @GET
        @Path("scoped")
        @RequiresScopes("never")
        @RequiresPolicy("claim tenant = path:tenant")
        public String scoped() {
            return "scoped";
        }
    }
}
