package io.tokenguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, and paths that no rule covers, on a site whose rules leave gaps. */
@OnEveryContainer
class MethodTest {
    private static Site site;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        site = new Application(
                        "GET /orders scope orders:read",
                        "POST /orders scope orders:write",
                        "/api/** authenticated",
                        "/v1/** authenticated",
                        "/socket authenticated",
                        "/open public")
                .servlet(Page::identity, "/orders")
                .servlet(Page::identity, "/api/*")
                .servlet(Page::identity, "/v1/*", "/internal/*")
                .servlet(Page::identity, "/open")
                .servlet((request, response) -> request.upgrade(Upgraded.class), "/socket")
                .servlet(Page::identity, "/")
                .on(container);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    @BeforeEach
    void forget() {
        site.reached().clear();
    }

    // RFC 9110 §9.3.2; verb tampering as in CVE-2010-0738
    @Test
    void judgesHeadAsGet() throws IOException {
        assertRefused(site.send("HEAD", "/orders"), 401);
        assertRefused(site.send("HEAD", "/orders", site.bearerOf("alice", "orders:write")), 403);
        assertThat(site.send("HEAD", "/orders", site.bearerOf("alice", "orders:read"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void demandsForEachMethodWhatItsRuleSays() throws IOException {
        String reader = site.bearerOf("alice", "orders:read");
        assertRefused(site.post("/orders", "", reader), 403);
        assertThat(site.get("/orders", reader).body()).isEqualTo(Page.known("alice"));
        assertThat(site.post("/orders", "", site.bearerOf("bob", "orders:write"))
                        .body())
                .isEqualTo(Page.known("bob"));
    }

    // RFC 9110 §9.3.8
    @Test
    void neverEchoesATokenInAnswerToTrace() throws IOException {
        Answer answer = site.send("TRACE", "/orders", site.bearerOf("alice", "orders:read"));
        assertRefused(answer, 405);
        assertThat(answer.body()).doesNotContain("Bearer");
        assertRefused(site.send("TRACE", "/open"), 405);
    }

    @Test
    void judgesOptionsLikeAnyOtherMethod() throws IOException {
        assertRefused(site.send("OPTIONS", "/api/x"), 401);
        assertRefused(site.send("OPTIONS", "/orders", site.bearer()), 403);
        assertRefused(site.send("OPTIONS", "/api/x", "Origin: https://evil.example"), 401);
    }

    @Test
    void servesNobodyWhoAsksForTheServerAsAWhole() throws IOException {
        Answer answer = site.send("OPTIONS", "*", site.bearer());
        assertThat(answer.body()).doesNotContain("alice");
        assertThat(site.reached()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GETX", "get", "PROPFIND", "FOO", "Post", "DELETE"})
    void refusesMethodsThatNoRuleNames(String method) throws IOException {
        assertRefused(site.send(method, "/orders"), 401);
        assertRefused(site.send(method, "/orders", site.bearerOf("alice", "orders:read", "orders:write")), 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override: GET",
                "X-HTTP-Method: GET",
                "X-Method-Override: GET",
                "Cookie: _method=GET"
            })
    void judgesByTheMethodOnTheWireWhateverFieldsSay(String line) throws IOException {
        assertRefused(
                site.post("/orders?_method=GET", "_method=GET", line, site.bearerOf("alice", "orders:read")), 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/unknown", "/API/x", "/api.json", "/orders.", "/orders%20", "/Orders", "/"})
    void refusesPathsThatNoRuleCovers(String target) throws IOException {
        assertRefused(site.get(target), 401);
        assertRefused(site.get(target, site.bearerOf("alice", "orders:read")), 403);
    }

    // Servlet 6.0 §12.2: /api/* is also the mapping of /api
    @Test
    void coversTheBarePathOfAMappingWithItsRule() throws IOException {
        assertRefused(site.get("/api"), 401);
        assertThat(site.get("/api", site.bearer()).body()).isEqualTo(Page.known("alice"));
        assertThat(site.get("/api/", site.bearer()).body()).isEqualTo(Page.known("alice"));
    }

    @Test
    void refusesAServletUnderAPathThatNoRuleNames() throws IOException {
        assertThat(site.get("/v1/x", site.bearer()).status()).isEqualTo(200);
        site.reached().clear();
        assertRefused(site.get("/v1/x"), 401);
        assertRefused(site.get("/internal/x"), 401);
        assertRefused(site.get("/internal/x", site.bearer()), 403);
    }

    // RFC 6455 §4.2.2: an upgrade can be refused with 401
    @Test
    void refusesAnUpgradeBeforeItHappens() throws IOException {
        assertRefused(upgrade("X-None: 1"), 401);
        assertRefused(upgrade("Authorization: Bearer a.b.c"), 401);
    }

    @Test
    void grantsAnUpgradeWithAGoodToken() throws IOException {
        assertThat(upgrade(site.bearer()).status()).isEqualTo(101);
        assertThat(site.reached()).containsExactly("/socket");
    }

    @Test
    void demandsATokenForAStreamOfEvents() throws IOException {
        assertRefused(site.get("/api/events", "Accept: text/event-stream"), 401);
    }

    private static Answer upgrade(String line) throws IOException {
        return site.exchange("GET /socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + line + "\r\n\r\n");
    }

    private static void assertRefused(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(site.reached()).isEmpty();
    }
}
