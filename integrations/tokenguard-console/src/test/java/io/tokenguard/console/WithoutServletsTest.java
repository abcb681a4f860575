package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console by Jakarta REST without servlets, over real HTTP. */
class WithoutServletsTest {
    private static final Set<String> OF_SERVERS =
            Set.of("date", "server", "content-length", "transfer-encoding", "connection", "content-type");
    private static ConsoleSite site;
    private static ConsoleSite servlets;

    @BeforeAll
    static void start() throws Exception {
        site = ConsoleSite.startWithoutServlets();
        servlets = ConsoleSite.start();
    }

    @AfterAll
    static void stop() {
        site.close();
        servlets.close();
    }

    @Test
    void listsARevocationThatTakesEffect() throws Exception {
        String user = site.userToken();
        assertThat(site.statusOfOrders(user)).isEqualTo(200);
        assertThat(site.get("/api/revocations", site.operatorToken()).body()).contains("\"hasMore\":false");
        Map<String, Object> revoked = ConsoleSite.read(
                site.post("/api/revoke", Map.of("kind", "token", "token", user)).body());
        assertThat(revoked).containsEntry("kind", "FINGERPRINT").containsEntry("stored", true);
        assertThat(site.statusOfOrders(user)).isEqualTo(401);
        assertThat(site.statusOfOrders(site.userToken())).isEqualTo(200);
        assertThat(site.get("/api/revocations", site.operatorToken()).body())
                .contains(String.valueOf(revoked.get("target")));
    }

    @Test
    void showsWhatTheGuardDecides() throws Exception {
        site.statusOfOrders("nonsense");
        assertThat(site.get("/api/now", site.operatorToken()).body())
                .contains("\"reason\":\"TOKEN_MALFORMED\"", "\"adapter\":\"TokenGuardFeature\"");
    }

    @Test
    void theInterfaceNeedsATokenWithTheScope() throws Exception {
        assertThat(site.send(site.to("/console/api/now")).statusCode()).isEqualTo(401);
        assertThat(site.get("/api/now", site.userToken()).statusCode()).isEqualTo(403);
        assertThat(site.get("/api/now", site.operatorToken() + "x").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aRevokedOperatorIsRefused() throws Exception {
        String token = site.operatorToken();
        site.post("/api/revoke", Map.of("kind", "token", "token", token));
        assertThat(site.get("/api/now", token).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console.js", "/icon.svg", "/api/now", "/api/none", "/none", "/api/revoke"})
    void answersAsByServlets(String path) throws Exception {
        HttpResponse<String> answer = site.get(path, site.operatorToken());
        HttpResponse<String> byServlet = servlets.get(path, servlets.operatorToken());
        assertThat(answer.statusCode()).isEqualTo(byServlet.statusCode());
        assertThat(fields(answer)).isEqualTo(fields(byServlet)).containsKey("content-security-policy");
        assertThat(type(answer)).isEqualTo(type(byServlet));
    }

    private static Map<String, List<String>> fields(HttpResponse<?> answer) {
        Map<String, List<String>> fields = new TreeMap<>(answer.headers().map());
        fields.keySet().removeAll(OF_SERVERS);
        return fields;
    }

    private static String type(HttpResponse<?> answer) {
        return answer.headers().firstValue("content-type").orElse("none").replace(" ", "");
    }

    /** Runtimes make relative addresses absolute (Jakarta REST 3.1, Response.ResponseBuilder.location). */
    @Test
    void withoutItsSlashThePageRedirects() throws Exception {
        HttpResponse<String> page = site.send(site.to("/console"));
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.uri().resolve(page.headers().firstValue("Location").orElseThrow()))
                .isEqualTo(site.to("/console/").build().uri());
    }

    @Test
    void aFileArrivesAsItIs() throws Exception {
        assertThat(site.send(site.to("/console/dom.js")).body())
                .isEqualTo(servlets.send(servlets.to("/console/dom.js")).body())
                .contains("\u00b5s");
    }

    @Test
    void anAnswerToHeadHasNoBody() throws Exception {
        HttpResponse<String> head = site.send(site.to("/console/").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aLongBodyIsRefused() throws Exception {
        HttpRequest.Builder request = site.posting("/api/revoke", "{\"token\":\"" + "a".repeat(140_000) + "\"}");
        assertThat(site.send(request).statusCode()).isEqualTo(413);
    }

    @Test
    void healthIsADocumentToo() throws Exception {
        assertThat(site.send(site.to("/tokenguard/health/live")).body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(site.send(site.to("/tokenguard/health")).body()).isEqualTo("{\"status\":\"UP\",\"ready\":true}");
        String health = site.send(
                        site.to("/tokenguard/health").header("Authorization", "Bearer " + site.operatorToken()))
                .body();
        assertThat(ConsoleSite.read(site.get("/api/now", site.operatorToken()).body())
                        .get("health"))
                .asString()
                .contains("ready=true");
        assertThat(ConsoleSite.read(health)).containsOnlyKeys(keysOfTheConsole());
    }

    private static Set<String> keysOfTheConsole() throws Exception {
        Map<String, Object> now =
                ConsoleSite.read(site.get("/api/now", site.operatorToken()).body());
        @SuppressWarnings("unchecked")
        Map<String, Object> health = (Map<String, Object>) now.get("health");
        return health.keySet();
    }
}
