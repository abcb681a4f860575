package io.tokenguard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.jaxrs.Authenticated;
import io.tokenguard.jaxrs.TokenGuardFeature;
import io.tokenguard.testkit.TestIssuer;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits where the servlet filter and annotations of Jakarta REST both decide about a request, over real HTTP. */
class FilterAndRestLimitsTest {
    private final TestIssuer issuer =
            TestIssuer.builder().audience(GuardedApi.AUDIENCE).start();
    private final TokenGuard guard = TokenGuard.builder()
            .issuer(TrustedIssuer.builder(issuer.issuer())
                    .audience(GuardedApi.AUDIENCE)
                    .build())
            .route("/open/** public")
            .route("/closed/** public")
            .limit("/open/** limit 3/1h per network as open")
            .limit("/closed/** limit 3/1h per subject as closed")
            .build();
    private final HttpClient client = HttpClient.newHttpClient();
    private FilteredNode node;

    @BeforeEach
    void start() {
        guard.awaitReady(Duration.ofSeconds(10));
        node = FilteredNode.start(
                guard,
                new ServletContainer(new ResourceConfig(Open.class, Closed.class)
                        .register(TokenGuardFeature.builder(guard).build())));
    }

    @AfterEach
    void stop() {
        node.close();
        issuer.close();
    }

    /** Open in the filter and by its annotation. */
    @Path("/open")
    public static class Open {
        @GET
        @PermitAll
        public String list() {
            return "served";
        }
    }

    /** Open in the filter only. */
    @Path("/closed")
    public static class Closed {
        @GET
        @Authenticated
        public String list() {
            return "served";
        }
    }

    private HttpResponse<String> get(String path, String... fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.address() + path));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aPublicRequestCountsOnce() throws Exception {
        HttpResponse<String> first = get("/open");
        assertThat(first.body()).isEqualTo("served");
        assertThat(first.headers().allValues("RateLimit")).containsExactly("\"open\";r=2;t=1200");
        assertThat(get("/open").statusCode()).isEqualTo(200);
        assertThat(get("/open").statusCode()).isEqualTo(200);
        assertThat(get("/open").statusCode()).isEqualTo(429);
    }

    /** The filter counts its network, as it looks at no token; the annotation counts the subject. */
    @Test
    void aTokenThatOnlyTheAnnotationLooksAtCountsToo() throws Exception {
        String token = issuer.token().subject("alice").sign();
        for (int i = 0; i < 3; i++) {
            assertThat(get("/closed", "Authorization", "Bearer " + token).statusCode())
                    .isEqualTo(200);
        }
        assertThat(get("/closed", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(429);
    }
}
