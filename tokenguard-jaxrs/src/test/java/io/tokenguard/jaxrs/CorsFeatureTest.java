package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A CORS policy of the guard's own (Fetch Standard §3.2.3). */
@OnEveryRuntime
class CorsFeatureTest {
    private static final String APP = "https://app.example.com";
    private static final String ORIGIN = "Origin: " + APP;
    private static final String EVIL = "Origin: https://app.example.com.evil";
    private static final String METHOD = "Access-Control-Request-Method: GET";
    private static final String METADATA = "/.well-known/oauth-protected-resource";

    @Parameter
    RestRuntime runtime;

    private static RestApplication application() {
        return new RestApplication(MethodShapes.Scoped.class, MethodShapes.Opened.class)
                .guardedBy(guard -> guard.corsAllowedOrigins(APP)
                        .corsAllowedMethods("GET")
                        .resource(URI.create("https://api.example.com")));
    }

    private static void isReadable(Answer answer) {
        assertThat(answer.header("Access-Control-Allow-Origin")).containsExactly(APP);
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .isNotEmpty()
                .allSatisfy(exposed -> assertThat(exposed).contains("WWW-Authenticate"));
    }

    @Test
    void answersPreflights() throws Exception {
        try (RestSite site = application().on(runtime)) {
            Answer answer = site.send("OPTIONS", "/scoped/plain", "", ORIGIN, METHOD);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Access-Control-Allow-Origin")).containsExactly(APP);
            assertThat(answer.header("Access-Control-Allow-Methods")).containsExactly("GET");
            assertThat(site.send("OPTIONS", "/scoped/plain", "", EVIL, METHOD))
                    .satisfies(refused -> assertThat(refused.status()).isEqualTo(403))
                    .satisfies(refused -> assertThat(refused.header("Access-Control-Allow-Origin"))
                            .isEmpty());
        }
    }

    @Test
    void letsScriptsOfAllowedOriginsReadAnswers() throws Exception {
        try (RestSite site = application().on(runtime)) {
            isReadable(site.get("/scoped/plain", ORIGIN));
            isReadable(site.get("/scoped/plain", ORIGIN, site.bearer("b")));
            isReadable(site.get("/scoped/plain", ORIGIN, site.bearer("a")));
            isReadable(site.get("/opened/plain", ORIGIN));
            assertThat(site.get("/opened/plain", EVIL).header("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void permitsEveryOriginToReadTheMetadata() throws Exception {
        try (RestSite site = application().on(runtime)) {
            assertThat(site.send("OPTIONS", METADATA, "", EVIL, METHOD).header("Access-Control-Allow-Origin"))
                    .containsExactly("*");
            assertThat(site.get(METADATA, EVIL).header("Access-Control-Allow-Origin"))
                    .containsExactly("*");
        }
    }

    /** RFC 9110 §12.5.5: what the application stated about the request still holds. */
    @Test
    void addsToTheVaryOfTheApplication() throws Exception {
        try (RestSite site = application().with(new ByLanguage()).on(runtime)) {
            assertThat(site.get("/scoped/plain", ORIGIN).header("Vary"))
                    .containsExactlyInAnyOrder("Origin", "Accept-Language");
            assertThat(site.get("/opened/plain", ORIGIN).header("Vary"))
                    .containsExactlyInAnyOrder("Origin", "Accept-Language");
        }
    }

    /** States that each answer depends on the language. */
    @Provider
    public static final class ByLanguage implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            response.getHeaders().putSingle("Vary", "Accept-Language");
        }
    }

    /** Two adapters on one request must not allow the origin twice. */
    @Test
    void namesTheOriginOnceBehindTheFilter() throws Exception {
        assumeTrue(runtime.hasServlets());
        RestApplication both = application().behindFilter("/scoped/** public", "/opened/** authenticated");
        try (RestSite site = both.on(runtime)) {
            isReadable(site.get("/scoped/plain", ORIGIN));
            isReadable(site.get("/scoped/plain", ORIGIN, site.bearer("a")));
            isReadable(site.get("/scoped/plain", ORIGIN, site.bearer("b")));
            isReadable(site.get("/opened/plain", ORIGIN));
            isReadable(site.get("/opened/plain", ORIGIN, site.bearer()));
            assertThat(site.send("OPTIONS", "/scoped/plain", "", ORIGIN, METHOD).status())
                    .isEqualTo(204);
        }
    }
}
