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

/** A refusal names the method whose annotations decided. */
@OnEveryRuntime
class AuditedHandlerTest {
    private static final List<Refusal> REFUSALS = new CopyOnWriteArrayList<>();
    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        site = new RestApplication(Orders.class)
                .guardedBy(guard -> guard.observer(REFUSALS::add))
                .on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    private static Refusal last() {
        return REFUSALS.get(REFUSALS.size() - 1);
    }

    @Test
    void namesTheMethodThatDemandsAScope() throws IOException {
        assertThat(site.get("/orders", site.bearer()).status()).isEqualTo(403);
        assertThat(last().decidedBy()).isEqualTo("handler " + Orders.class.getCanonicalName() + ".list");
        assertThat(last().settings()).doesNotContain("tokenguard.routes");
    }

    @Test
    void namesTheMethodThatHasNoAnnotation() throws IOException {
        assertThat(site.get("/orders/forgotten", site.bearer()).status()).isEqualTo(403);
        assertThat(last().reason().name()).isEqualTo("NO_MATCHING_ROUTE");
        assertThat(last().decidedBy()).isEqualTo("handler " + Orders.class.getCanonicalName() + ".forgotten");
    }

    @Path("/orders")
    public static class Orders {
        @GET
        @RequiresScopes("read")
        public String list() {
            return "orders";
        }

        @GET
        @Path("forgotten")
        public String forgotten() {
            return "forgotten";
        }
    }
}
