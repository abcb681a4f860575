package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestEndpoint;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator can do through the interface. */
class ActsTest {
    private ConsoleSite site;

    @BeforeEach
    void start() throws Exception {
        site = ConsoleSite.start();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private static Map<String, Object> read(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ConsoleSite.read(answer.body());
    }

    static Stream<Map<String, String>> targets() {
        return Stream.of(
                Map.of("kind", "token"),
                Map.of("kind", "token-id", "name", "id-1"),
                Map.of("kind", "session", "name", "session-1"),
                Map.of("kind", "subject", "name", "alice"),
                Map.of("kind", "client", "name", "shop"));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void aRevocationTakesEffectAndIsFound(Map<String, String> target) throws Exception {
        String token = site.issuer()
                .token()
                .subject("alice")
                .clientId("shop")
                .claim("jti", "id-1")
                .claim("sid", "session-1")
                .issuedAt(Instant.now().minusSeconds(5))
                .sign();
        assertThat(site.statusOfOrders(token)).isEqualTo(404);
        Map<String, String> body = new HashMap<>(target);
        body.put(
                target.get("kind").equals("token") ? "token" : "issuer",
                target.get("kind").equals("token") ? token : site.issuer().issuer());
        Map<String, Object> made = read(site.post("/api/revoke", body));
        assertThat(made).containsEntry("stored", true);
        assertThat(site.statusOfOrders(token)).isEqualTo(401);
        assertThat(read(site.post("/api/revocations/search", body))
                        .get("revocations")
                        .toString())
                .contains(made.get("target").toString());
        assertThat(read(site.get("/api/revocations", site.operatorToken()))
                        .get("revocations")
                        .toString())
                .contains(made.get("target").toString());
    }

    /** An act that is written only afterwards has no operator if the process ends meanwhile. */
    @Test
    void anActIsWrittenBeforeItTakesEffectAndAfterIt() throws Exception {
        String log = AuditLines.during(() -> site.post("/api/ban", Map.of("keyId", "stolen")));
        assertThat(log.lines().map(line -> line.replaceAll("jti=\\S+ ", "")).toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("acted act=ban", "client=ops subject=olga phase=begun kind=KEY_ID target="),
                        line -> assertThat(line).contains("revoked kind=KEY_ID"),
                        line -> assertThat(line).contains("acted act=ban", "phase=done", "kept=true"));
    }

    @Test
    void anActThatFailsIsWrittenAsSuch() throws Exception {
        String log = AuditLines.during(() -> site.post(
                "/api/revoke", Map.of("kind", "subject", "issuer", "https://other.example", "name", "alice")));
        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("acted act=revoke", "phase=begun", "kind=SUBJECT"),
                        line -> assertThat(line).contains("acted act=revoke", "phase=failed", "kind=SUBJECT"));
    }

    @Test
    void aSearchThatFindsNothingIsEmpty() throws Exception {
        Map<String, Object> found = read(site.post(
                "/api/revocations/search",
                Map.of("kind", "subject", "issuer", site.issuer().issuer(), "name", "bob")));
        assertThat(found).containsEntry("revocations", List.of()).containsEntry("hasMore", false);
    }

    @Test
    void theTokensOfAnIssuerAreRevokedAlsoTheOperators() throws Exception {
        String token =
                site.issuer().token().issuedAt(Instant.now().minusSeconds(5)).sign();
        read(site.post(
                "/api/revoke", Map.of("kind", "issuer", "issuer", site.issuer().issuer())));
        assertThat(site.statusOfOrders(token)).isEqualTo(401);
    }

    @Test
    void aBannedKeyIsRefused() throws Exception {
        String kid = site.issuer().currentKey().kid();
        String token = site.userToken();
        read(site.post("/api/ban", Map.of("keyId", kid)));
        assertThat(site.statusOfOrders(token)).isEqualTo(401);
    }

    @Test
    void aMalformedThumbprintIsAnError() throws Exception {
        HttpResponse<String> answer = site.post("/api/ban", Map.of("thumbprint", "short"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("43 characters");
    }

    @Test
    void keysAreListedAndLoadedAgain() throws Exception {
        String keys = site.get("/api/keys", site.operatorToken()).body();
        assertThat(keys)
                .contains(site.issuer().issuer(), site.issuer().currentKey().kid(), "FRESH");
        int before = site.issuer().requests(TestEndpoint.JWKS);
        assertThat(read(site.post("/api/keys/refresh", Map.of()))).containsKey("loads");
        long end = System.nanoTime() + 10_000_000_000L;
        while (site.issuer().requests(TestEndpoint.JWKS) == before && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(site.issuer().requests(TestEndpoint.JWKS)).isGreaterThan(before);
    }

    @Test
    void aTokenIsTriedWithoutAnEffect() throws Exception {
        String token = site.userToken();
        Map<String, Object> granted =
                read(site.post("/api/explain", Map.of("token", token, "method", "GET", "path", "/orders")));
        assertThat(granted).containsEntry("granted", true);
        assertThat(granted.get("token").toString()).contains("subject=alice", "client=shop");
        Map<String, Object> refused =
                read(site.post("/api/explain", Map.of("token", token, "path", "/console/api/now")));
        assertThat(refused.get("refusal").toString()).contains("SCOPE_INSUFFICIENT", "expected=");
        Map<String, Object> without = read(site.post("/api/explain", Map.of("path", "/orders")));
        assertThat(without.get("refusal").toString()).contains("NO_CREDENTIALS");
        assertThat(site.get("/api/now", site.operatorToken()).body()).contains("\"refusals\":[]");
    }
}
