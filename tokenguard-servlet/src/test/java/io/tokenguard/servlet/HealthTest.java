package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** The health document, over real HTTP. */
@OnEveryContainer
class HealthTest {
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application("/orders authenticated")
                .built(settings -> settings.healthDocument("/tokenguard/health", "ops"))
                .servlet((request, response) -> response.getWriter().print("orders"), "/orders")
                .servlet((request, response) -> response.getWriter().print("healthy"), "/tokenguard/healthy")
                .on(container);
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
        assertThat(site.get("/tokenguard/health", site.bearerOf("alice", "ops")).body())
                .contains("\"keys\":[");
        assertThat(site.get("/tokenguard/health", site.bearerOf("alice", "read"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void opensNothingElse() throws IOException {
        assertThat(site.get("/orders").status()).isEqualTo(401);
        assertThat(site.get("/tokenguard/healthy").status()).isEqualTo(401);
        assertThat(site.send("POST", "/tokenguard/health", "Content-Length: 0").status())
                .isEqualTo(401);
    }
}
