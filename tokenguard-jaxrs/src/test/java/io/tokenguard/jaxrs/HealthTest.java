package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** The health document, over real HTTP. */
@OnEveryRuntime
class HealthTest {
    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        site = new RestApplication(Orders.class)
                .guardedBy(guard -> guard.healthDocument("/tokenguard/health", "ops"))
                .on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @Test
    void needsNoToken() throws IOException {
        Answer answer = site.get("/tokenguard/health");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\",\"ready\":true}");
        assertThat(site.get("/tokenguard/health/live").status()).isEqualTo(200);
        assertThat(site.get("/tokenguard/health/ready").status()).isEqualTo(200);
    }

    @Test
    void showsDetailsWithTheScopeOnly() throws IOException {
        assertThat(site.get("/tokenguard/health", site.bearer("ops")).body()).contains("\"keys\":[");
        assertThat(site.get("/tokenguard/health", site.bearer("read")).status()).isEqualTo(403);
    }

    @Test
    void opensNothingElse() throws IOException {
        assertThat(site.get("/orders").status()).isEqualTo(401);
        assertThat(site.send("POST", "/tokenguard/health", "").status()).isEqualTo(404);
    }

    @Path("/orders")
    public static class Orders {
        @GET
        @RequiresScopes("read")
        public String list() {
            return "orders";
        }
    }
}
