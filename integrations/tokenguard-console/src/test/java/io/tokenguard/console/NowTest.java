package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the interface shows of the moment, and that it shows no token. */
class NowTest {
    private ConsoleSite site;

    @BeforeEach
    void start() throws Exception {
        site = ConsoleSite.start();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private String now() throws Exception {
        return site.get("/api/now", site.operatorToken()).body();
    }

    @Test
    void theLastRefusalsHaveTheFieldsOfTheirAuditEvents() throws Exception {
        site.statusOfOrders(site.userToken().replace('.', 'x'));
        site.statusOfOrders(site.issuer()
                .token()
                .subject("mallory")
                .audience("https://other.example")
                .sign());
        Map<String, Object> now = ConsoleSite.read(now());
        assertThat((List<?>) now.get("refusals")).hasSize(2);
        assertThat(((List<?>) now.get("refusals")).get(0).toString())
                .contains(
                        "event=refused",
                        "reason=AUDIENCE_MISMATCH",
                        "subject=mallory",
                        "expected=",
                        "path=/app/orders");
    }

    @Test
    void stateAndCountsAreShown() throws Exception {
        site.statusOfOrders(site.userToken());
        Map<String, Object> now = ConsoleSite.read(now());
        assertThat(now).containsOnlyKeys("at", "startedAt", "rates", "health", "stats", "refusals");
        assertThat(now.get("health").toString()).contains("ready=true", "state=FRESH", "state=KNOWN");
        assertThat(now.get("stats").toString()).contains("label=GET /orders, granted=1");
    }

    @Test
    void noAnswerContainsAToken() throws Exception {
        String user = site.userToken();
        String signature = user.substring(user.lastIndexOf('.') + 1);
        site.statusOfOrders(user + "x");
        String all = now()
                + site.post("/api/revoke", Map.of("kind", "token", "token", user))
                        .body()
                + site.post("/api/explain", Map.of("token", user, "path", "/orders"))
                        .body()
                + site.post("/api/explain", Map.of("token", user + "x", "path", "/orders"))
                        .body()
                + site.post("/api/revoke", Map.of("kind", user)).body()
                + site.post("/api/revoke", Map.of("kind", "subject", "issuer", user, "name", user))
                        .body()
                + site.post("/api/ban", Map.of("thumbprint", user)).body()
                + site.get("/api/revocations", site.operatorToken()).body();
        assertThat(all).doesNotContain(signature, "eyJ");
    }
}
