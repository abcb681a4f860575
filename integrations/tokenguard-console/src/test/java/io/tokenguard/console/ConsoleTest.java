package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use the interface, and how. */
class ConsoleTest {
    private static ConsoleSite site;

    @BeforeAll
    static void start() throws Exception {
        site = ConsoleSite.start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void thePageIsOpenAndSaysNothing() throws Exception {
        HttpResponse<String> page = site.send(site.to("/console/"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.body()).doesNotContain(site.issuer().issuer(), "orders");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    /** A file whose name were that of the interface with a suffix would need a token, as routes see it. */
    @Test
    void eachFileOfThePageIsOpen() throws Exception {
        String page = site.send(site.to("/console/")).body();
        Set<String> seen = new HashSet<>();
        Deque<String> files = new ArrayDeque<>(filesIn(page));
        while (!files.isEmpty()) {
            String file = files.pop();
            if (seen.add(file)) {
                HttpResponse<String> answer = site.send(site.to("/console/" + file));
                assertThat(answer.statusCode()).as(file).isEqualTo(200);
                files.addAll(file.endsWith(".js") ? filesIn(answer.body()) : List.of());
            }
        }
        assertThat(seen)
                .contains("console.js", "interface.js", "act.js", "uPlot.iife.min.js", "console.css", "icon.svg");
    }

    private static List<String> filesIn(String text) {
        return Pattern.compile("(?:href=|src=|from )\"(?:\\./)?([\\w.]+\\.\\w+)\"")
                .matcher(text)
                .results()
                .map(file -> file.group(1))
                .toList();
    }

    @Test
    void withoutItsSlashThePageRedirectsBelowTheApplication() throws Exception {
        HttpResponse<String> page = site.send(site.to("/console"));
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.uri().resolve(page.headers().firstValue("Location").orElseThrow()))
                .isEqualTo(site.to("/console/").build().uri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/none", "/console/index.html/", "/console/META-INF"})
    void otherFilesAreNotFound(String path) throws Exception {
        assertThat(site.send(site.to(path)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/../api/now", "/console/%2e%2e/x", "/console/..;/x"})
    void pathsThatAreReadDifferentlyAreRefused(String path) throws Exception {
        assertThat(site.send(site.to(path)).statusCode()).isIn(400, 403, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/now",
                "/api/keys",
                "/api/revocations",
                "/api/trends/seconds/totals",
                "/api/none",
                "/api/",
                "/api/revoke"
            })
    void theInterfaceNeedsATokenWithTheScope(String path) throws Exception {
        assertThat(site.send(site.to("/console" + path)).statusCode()).isEqualTo(401);
        assertThat(site.get(path, site.userToken()).statusCode()).isEqualTo(403);
        assertThat(site.get(path, site.operatorToken() + "x").statusCode()).isEqualTo(401);
    }

    @Test
    void aCookieIsNoCredential() throws Exception {
        HttpResponse<String> answer =
                site.send(site.to("/console/api/now").header("Cookie", "Authorization=Bearer " + site.operatorToken()));
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void aRevokedOperatorIsRefused() throws Exception {
        String token = site.operatorToken();
        assertThat(site.get("/api/now", token).statusCode()).isEqualTo(200);
        assertThat(site.post("/api/revoke", Map.of("kind", "token", "token", token))
                        .statusCode())
                .isEqualTo(200);
        assertThat(site.get("/api/now", token).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/revoke, 405",
        "POST, /api/now, 405",
        "PUT, /api/keys/refresh, 405",
        "DELETE, /api/revocations, 405",
        "OPTIONS, /api/revoke, 405",
        "GET, /api/none, 404",
        "POST, /api/trends/years/totals, 404"
    })
    void otherMethodsAndPathsAreRefused(String method, String path, int status) throws Exception {
        HttpRequest.Builder request =
                site.posting(path, "{}").method(method, HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(site.send(request).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx"})
    void anActWithoutTheContentTypeOfJsonIsRefused(String type) throws Exception {
        HttpRequest.Builder request = site.posting("/api/revoke", "{}").setHeader("Content-Type", type);
        assertThat(site.send(request).statusCode()).isEqualTo(415);
    }

    @Test
    void aCharsetOfUtf8IsAccepted() throws Exception {
        HttpRequest.Builder request =
                site.posting("/api/keys/refresh", "{}").setHeader("Content-Type", "application/json; charset=UTF-8");
        assertThat(site.send(request).statusCode()).isEqualTo(200);
    }

    @Test
    void aLongBodyIsRefused() throws Exception {
        HttpRequest.Builder request = site.posting("/api/revoke", "{\"token\":\"" + "a".repeat(140_000) + "\"}");
        assertThat(site.send(request).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}x",
                "{\"kind\":1}",
                "{\"kind\":\"token\",}",
                "{\"kind\":\"token\",\"kind\":\"token\"}",
                "{\"kind\":\"tok\\en\"}",
                "{\"kind\":\"\\u12\"}",
                "{\"kind\":\"a\nb\"}",
                "{\"other\":\"x\"}",
                "{\"kind\":\"other\"}",
                "{\"kind\":\"token\"}",
                "{\"kind\":\"token\",\"token\":\"two words\"}",
                "{\"kind\":\"subject\",\"name\":\"alice\"}",
                "{\"kind\":\"subject\",\"issuer\":\"https://other.example\",\"name\":\"alice\"}",
                "{\"kind\":\"key-id\",\"name\":\"k\"}"
            })
    void aWrongBodyIsAnErrorThatRepeatsNothingOfIt(String body) throws Exception {
        HttpResponse<String> answer = site.send(site.posting("/api/revoke", body));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ConsoleSite.read(answer.body())).containsOnlyKeys("error");
        assertThat(answer.body()).doesNotContain("two words", "alice");
    }

    @Test
    void noAnswerIsCachedOrTakenForAnotherType() throws Exception {
        for (String path : List.of("/", "/api/now", "/none")) {
            HttpResponse<String> answer = site.get(path, site.operatorToken());
            assertThat(answer.headers().map())
                    .containsEntry("cache-control", List.of("no-store"))
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsEntry("referrer-policy", List.of("no-referrer"));
        }
    }
}
