package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9728 over sockets: found without a token, by the address in the challenge, whatever the request says. */
@OnEveryContainer
class ResourceMetadataServletTest {
    private static final String ROOT = "/.well-known/oauth-protected-resource";

    @Parameter
    Container container;

    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Application("/** scope orders:read")
                .built(settings -> settings.resource(URI.create("https://api.example.com/shop"))
                        .resourceName("Café"))
                .servlet(Page::identity, "/orders")
                .on(container);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private String document() {
        return "{\"resource\":\"https://api.example.com/shop\",\"authorization_servers\":[\""
                + site.issuer().issuer()
                + "\"],\"scopes_supported\":[\"orders:read\"],\"bearer_methods_supported\":[\"header\"],"
                + "\"resource_name\":\"Caf\\u00e9\"}";
    }

    // RFC 9728 §3.1, §3.2, §7.10
    @ParameterizedTest
    @ValueSource(strings = {ROOT, ROOT + "/shop"})
    void isServedToEverybodyAsJson(String path) throws IOException {
        Answer answer = site.get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).containsExactly("application/json");
        assertThat(answer.body()).isEqualTo(document());
        assertThat(answer.header("Cache-Control")).containsExactly("public, max-age=300");
    }

    // Fetch Standard §3.2.3
    @ParameterizedTest
    @ValueSource(strings = {ROOT, ROOT + "/shop"})
    void isReadableByScriptsOfEveryOrigin(String path) throws IOException {
        String origin = "Origin: https://app.example";
        assertThat(site.get(path, origin).header("Access-Control-Allow-Origin")).containsExactly("*");
        Answer preflight = site.send(
                "OPTIONS",
                path,
                origin,
                "Access-Control-Request-Method: GET",
                "Access-Control-Request-Headers: mcp-protocol-version");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(preflight.header("Access-Control-Allow-Methods")).containsExactly("GET");
        assertThat(preflight.header("Access-Control-Allow-Headers")).containsExactly("*");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void answersNoPreflightForOtherPaths() throws IOException {
        String[] preflight = {"Origin: https://app.example", "Access-Control-Request-Method: GET"};
        assertThat(site.send("OPTIONS", ROOT + "/other", preflight).status()).isEqualTo(401);
        assertThat(site.send("OPTIONS", "/orders", preflight).status()).isEqualTo(401);
    }

    @Test
    void isNotTakenFromTheHostField() throws IOException {
        Answer answer =
                site.exchange("GET " + ROOT + " HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example"
                        + "\r\nConnection: close\r\n\r\n");
        assertThat(answer.body()).isEqualTo(document());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", "/shop/more", "/shop.json"})
    void isNotThereForOtherResources(String suffix) throws IOException {
        assertThat(site.get(ROOT + suffix).status()).isEqualTo(401);
        assertThat(site.get(ROOT + suffix, site.bearerOf("alice", "orders:read"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void isReadOnly() throws IOException {
        assertThat(site.post(ROOT, "a=b").status()).isEqualTo(401);
        assertThat(site.send("HEAD", ROOT).status()).isEqualTo(200);
    }

    // RFC 9728 §5.1
    @Test
    void isNamedInTheChallengeOfEveryRefusal() throws IOException {
        String parameter = "resource_metadata=\"https://api.example.com/.well-known/oauth-protected-resource/shop\"";
        assertThat(site.get("/orders").challenge()).contains(parameter);
        assertThat(site.get("/orders", "Authorization: Bearer junk").challenge())
                .contains(parameter);
        assertThat(site.get("/orders", site.bearer()).challenge()).contains("insufficient_scope", parameter);
    }

    @Test
    void isServedBesideADeclaredFilterByADeclaredServlet() throws Exception {
        Application application = new Application();
        try (Site declared = application
                .registeredBy((context, unused) -> {
                    var filter = context.addFilter("guard", new TokenGuardFilter());
                    filter.setAsyncSupported(true);
                    filter.setInitParameters(application.initParams());
                    filter.setInitParameter("tokenguard.resource.uri", "https://api.example.com");
                    filter.addMappingForUrlPatterns(
                            java.util.EnumSet.allOf(jakarta.servlet.DispatcherType.class), false, "/*");
                    context.addServlet("metadata", new ResourceMetadataServlet())
                            .addMapping(ROOT + "/*");
                })
                .on(container)) {
            assertThat(declared.get(ROOT).status()).isEqualTo(200);
            assertThat(declared.get(ROOT).body()).startsWith("{\"resource\":\"https://api.example.com\",");
        }
    }

    @Test
    void isNotServedByAGuardThatDoesNotKnowItsAddress() {
        TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(site.issuer().issuer())
                        .audience("api")
                        .build())
                .build();
        try (guard) {
            assertThatThrownBy(() -> new ResourceMetadataServlet(guard).init())
                    .isInstanceOf(ServletException.class)
                    .hasMessageContaining("tokenguard.resource.uri");
        }
    }
}
