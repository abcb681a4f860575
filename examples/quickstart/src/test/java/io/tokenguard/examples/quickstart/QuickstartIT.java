package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.Fault;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the built jar as anybody would. */
class QuickstartIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static RunningProgram program;

    @BeforeAll
    static void start() throws IOException {
        program = RunningProgram.start("--port", "0");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static HttpResponse<String> get(URI address, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersWhatItDoesNotServe() throws Exception {
        assertThat(get(program.address().resolve("/rest/elsewhere"), null).statusCode())
                .isEqualTo(404);
        assertThat(get(program.address().resolve("/elsewhere"), null).statusCode())
                .isEqualTo(401);
    }

    @Test
    void guardsResourcesByTheirAnnotations(@TempDir Path folder) throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().audience("api").start()) {
            Path config = Files.writeString(
                    folder.resolve("guard.properties"),
                    "tokenguard.issuer-uri=" + issuer.issuer() + "\ntokenguard.audiences=api\n");
            try (RunningProgram configured = RunningProgram.start("--port", "0", "--config", config.toString())) {
                assertRest(configured, "GET", "/rest/me", null, 401);
                assertRest(configured, "GET", "/rest/me", issuer.token(), 200);
                assertRest(configured, "GET", "/rest/orders", issuer.token(), 403);
                assertRest(configured, "GET", "/rest/orders", issuer.token().scope("orders:read"), 200);
                assertRest(configured, "POST", "/rest/orders", issuer.token().scope("orders:read"), 403);
                assertRest(configured, "POST", "/rest/orders", issuer.token().scope("orders:write"), 201);
                assertRest(configured, "GET", "/rest/any", issuer.token(), 403);
                assertRest(configured, "GET", "/rest/any", issuer.token().scope("reports:read"), 200);
                assertRest(configured, "GET", "/rest/any", issuer.token().scope("reports:admin"), 200);
                assertRest(configured, "OPTIONS", "/rest/orders", null, 401);
            }
        }
    }

    /** RFC 9470 §3: what to ask the issuer for is in the challenge. */
    @Test
    void stepsUp(@TempDir Path folder) throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().audience("api").start()) {
            Path config = Files.writeString(
                    folder.resolve("guard.properties"),
                    "tokenguard.issuer-uri=" + issuer.issuer() + "\ntokenguard.audiences=api\n");
            try (RunningProgram configured = RunningProgram.start("--port", "0", "--config", config.toString())) {
                HttpResponse<String> weak = rest(configured, "GET", "/rest/transfer", issuer.token());
                assertThat(weak.statusCode()).isEqualTo(401);
                assertThat(weak.headers().firstValue("WWW-Authenticate").orElseThrow())
                        .contains("error=\"insufficient_user_authentication\"")
                        .contains("acr_values=\"urn:example:gold\"")
                        .contains("max_age=\"300\"");
                long now = Instant.now().getEpochSecond();
                assertRest(configured, "GET", "/rest/transfer", gold(issuer, now - 301), 401);
                assertRest(configured, "GET", "/rest/transfer", gold(issuer, now - 5), 200);
            }
        }
    }

    /** OpenID Connect Back-Channel Logout 1.0 §2.5, by what is configured. */
    @Test
    void refusesTokensOfASessionThatWasLoggedOut(@TempDir Path folder) throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().audience("api").start()) {
            Path config = Files.writeString(
                    folder.resolve("guard.properties"),
                    "tokenguard.issuer-uri=" + issuer.issuer() + "\ntokenguard.audiences=api\n"
                            + "tokenguard.logout.audiences=shop\n");
            try (RunningProgram configured = RunningProgram.start("--port", "0", "--config", config.toString())) {
                TokenBuilder token = issuer.token().claim("sid", "s1");
                assertRest(configured, "GET", "/api/me", token, 200);
                String logout = issuer.logoutToken().claim("sid", "s1").sign();
                assertThat(loggedOut(configured, logout)).isEqualTo(400);
                assertRest(configured, "GET", "/api/me", token, 200);
                String forTheClient =
                        issuer.logoutToken().claim("sid", "s1").audience("shop").sign();
                assertThat(loggedOut(configured, forTheClient)).isEqualTo(200);
                assertRest(configured, "GET", "/api/me", token, 401);
                assertRest(configured, "GET", "/rest/me", token, 401);
                assertRest(configured, "GET", "/api/me", issuer.token().claim("sid", "s2"), 200);
                assertRest(configured, "GET", "/backchannel-logout", null, 405);
                assertRest(configured, "GET", "/events", null, 405);
            }
        }
    }

    @Test
    void asksTheIssuerAboutOpaqueTokens(@TempDir Path folder) throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().audience("api").start()) {
            Path secret = Files.writeString(folder.resolve("secret"), "shared\n");
            String client = "tokenguard.audiences=api\ntokenguard.introspection.client-id=shop\n"
                    + "tokenguard.introspection.client-secret-file=" + secret + "\n";
            Path byMetadata = Files.writeString(
                    folder.resolve("issuer.properties"), client + "tokenguard.issuer-uri=" + issuer.issuer() + "\n");
            Path withoutIssuer = Files.writeString(
                    folder.resolve("opaque.properties"),
                    client + "tokenguard.introspection.uri=" + issuer.introspectionUri() + "\n");
            for (Path config : List.of(byMetadata, withoutIssuer)) {
                try (RunningProgram configured = RunningProgram.start("--port", "0", "--config", config.toString())) {
                    String token = issuer.introspection().opaque(issuer.token().scope("orders:read"));
                    URI base = configured.address();
                    assertThat(get(base.resolve("/api/me"), "Bearer " + token).body())
                            .startsWith("{\"sub\":\"alice\"")
                            .contains("\"iss\":\"" + issuer.issuer() + "\"");
                    assertThat(get(base.resolve("/rest/orders"), "Bearer " + token)
                                    .statusCode())
                            .isEqualTo(200);
                    assertThat(get(base.resolve("/rest/any"), "Bearer " + token).statusCode())
                            .isEqualTo(403);
                    assertThat(get(base.resolve("/api/me"), "Bearer unknown").statusCode())
                            .isEqualTo(401);
                    issuer.on(TestEndpoint.INTROSPECTION).answer(Fault.status(401));
                    assertThat(get(base.resolve("/api/me"), "Bearer other").statusCode())
                            .isEqualTo(503);
                    issuer.heal();
                }
            }
        }
    }

    private static int loggedOut(RunningProgram program, String logoutToken) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(program.address().resolve("/backchannel-logout"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + logoutToken))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static TokenBuilder gold(TestIssuer issuer, long authenticatedAt) {
        return issuer.token().claim("acr", "urn:example:gold").claim("auth_time", authenticatedAt);
    }

    private static void assertRest(RunningProgram program, String method, String path, TokenBuilder token, int status)
            throws Exception {
        assertThat(rest(program, method, path, token).statusCode())
                .as(method + " " + path)
                .isEqualTo(status);
    }

    private static HttpResponse<String> rest(RunningProgram program, String method, String path, TokenBuilder token)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(program.address().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token.sign());
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void takesItsSettingsFromAFileAndStartsWhileTheIssuerIsDown(@TempDir Path folder) throws Exception {
        try (TestIssuer issuer =
                TestIssuer.builder().audience("https://shop.example").start()) {
            issuer.goDown();
            Path config = Files.writeString(
                    folder.resolve("guard.properties"),
                    "tokenguard.issuer-uri=" + issuer.issuer() + "\ntokenguard.audiences=https://shop.example\n"
                            + "tokenguard.routes.me=GET /api/me scope profile\n");
            try (RunningProgram configured = RunningProgram.start("--port", "0", "--config", config.toString())) {
                URI me = configured.address().resolve("/api/me");
                String token = "Bearer " + issuer.token().scope("profile").sign();
                assertThat(get(me, token).statusCode()).isEqualTo(503);
                assertThat(get(me, null).headers().firstValue("WWW-Authenticate"))
                        .contains("Bearer realm=\"api\", scope=\"profile\", resource_metadata=\"" + configured.address()
                                + "/.well-known/oauth-protected-resource\"");
            }
            issuer.comeBack();
            try (RunningProgram configured = RunningProgram.start("--port", "0", "--config", config.toString())) {
                URI me = configured.address().resolve("/api/me");
                assertThat(get(me, "Bearer " + issuer.token().scope("profile").sign())
                                .statusCode())
                        .isEqualTo(200);
                assertThat(get(me, "Bearer " + issuer.token().sign()).statusCode())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void saysOfItselfWhatItsRoutesDemand() throws Exception {
        assertThat(get(program.address().resolve("/.well-known/oauth-protected-resource"), null)
                        .body())
                .startsWith(
                        "{\"resource\":\"" + program.address() + "\",\"authorization_servers\":[\"http://127.0.0.1:")
                .contains("\"scopes_supported\":[\"orders:read\",\"orders:write\"]");
    }

    @Test
    void saysWhatItIsUnderTheAddressThatIsConfigured(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("guard.properties"), """
                        tokenguard.issuer-uri=http://127.0.0.1:9
                        tokenguard.audiences=api
                        tokenguard.resource.uri=https://shop.example/api
                        """);
        try (RunningProgram configured = RunningProgram.start("--port", "0", "--config", config.toString())) {
            for (String path : List.of("", "/api")) {
                assertThat(get(configured.address().resolve("/.well-known/oauth-protected-resource" + path), null)
                                .body())
                        .startsWith("{\"resource\":\"https://shop.example/api\"");
            }
        }
    }

    @Test
    void refusesWrongSettingsInOneSentence(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("guard.properties"), "tokenguard.isuer-uri=https://a.example\n");
        Process refused = RunningProgram.launch("--port", "0", "--config", config.toString());
        assertThat(refused.waitFor()).isEqualTo(2);
        assertThat(new String(refused.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("tokenguard.isuer-uri (value not shown): there is no such key; did you mean"
                        + " tokenguard.issuer-uri?" + System.lineSeparator());
    }
}
