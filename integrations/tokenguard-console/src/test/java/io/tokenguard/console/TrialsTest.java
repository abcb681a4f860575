package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requirements that an operator tries on a rule. */
class TrialsTest {
    private static final String RULE = "GET /orders";
    private ConsoleSite site;

    @BeforeEach
    void start() throws Exception {
        site = ConsoleSite.start(
                guard -> guard.route("/tried authenticated report-only scope a").route("/open/{user} public"));
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private HttpResponse<String> start(String rule, String requirement) throws Exception {
        return site.post("/api/trials/start", Map.of("rule", rule, "requirement", requirement));
    }

    private Map<?, ?> rule(String name) throws Exception {
        List<?> rules = (List<?>)
                ConsoleSite.read(site.get("/api/trials", site.operatorToken()).body())
                        .get("rules");
        return rules.stream()
                .map(rule -> (Map<?, ?>) rule)
                .filter(rule -> name.equals(rule.get("rule")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTrialRefusesNothingAndCountsWhatItWouldRefuse() throws Exception {
        int before = site.statusOfOrders(site.userToken());
        assertThat(start(RULE, "scope orders:list").statusCode()).isEqualTo(200);
        assertThat(site.statusOfOrders(site.userToken())).isEqualTo(before);
        assertThat(site.statusOfOrders(site.userToken())).isEqualTo(before);
        assertThat(site.statusOfOrders(
                        site.issuer().token().scope("orders:list").sign()))
                .isEqualTo(before);
        assertThat(rule(RULE).toString())
                .contains("requirement=authenticated", "tried=scope orders:list", "configured=false")
                .contains("granted=3", "wouldRefuse=2");
        assertThat(site.get("/api/now", site.operatorToken()).body()).contains("\"event\":\"would-refuse\"");
    }

    @Test
    void anEndedTrialReportsNothing() throws Exception {
        start(RULE, "scope orders:list");
        assertThat(site.post("/api/trials/end", Map.of("rule", RULE)).statusCode())
                .isEqualTo(200);
        site.statusOfOrders(site.userToken());
        assertThat(rule(RULE).get("tried")).isNull();
        assertThat(site.get("/api/now", site.operatorToken()).body()).doesNotContain("would-refuse");
    }

    @Test
    void aTrialOfTheConfigurationIsShownAndStays() throws Exception {
        assertThat(rule("/tried").toString()).contains("tried=scope a", "configured=true", "wouldRefuse=0");
        assertThat(start("/tried", "public").statusCode()).isEqualTo(400);
        site.post("/api/trials/end", Map.of("rule", "/tried"));
        assertThat(rule("/tried").get("tried")).isEqualTo("scope a");
    }

    @Test
    void aTrialByCodeIsCountedSinceTheConsoleFirstSawIt() throws Exception {
        site.guard().startTrial(RULE, AccessRequirement.scope("a"));
        site.statusOfOrders(site.userToken());
        assertThat(rule(RULE).toString()).contains("tried=scope a", "granted=0", "wouldRefuse=0");
        site.statusOfOrders(site.userToken());
        assertThat(rule(RULE).toString()).contains("granted=1", "wouldRefuse=1");
        assertThat(rule(RULE).get("since")).isNotNull();
    }

    @Test
    void anotherRequirementIsCountedAnew() throws Exception {
        start(RULE, "scope a");
        site.statusOfOrders(site.userToken());
        site.guard().startTrial(RULE, AccessRequirement.scope("b"));
        assertThat(rule(RULE).toString()).contains("tried=scope b", "wouldRefuse=0");
    }

    @Test
    void itsEventsNameTheOperator() throws Exception {
        String log = AuditLines.during(() -> {
            start(RULE, "scope a");
            return site.post("/api/trials/end", Map.of("rule", RULE));
        });
        assertThat(log.lines().filter(line -> line.contains("acted")))
                .hasSize(4)
                .allMatch(line -> line.contains("client=ops") && line.contains("subject=olga"))
                .anyMatch(line -> line.contains("act=start-trial") && line.contains("phase=begun"))
                .anyMatch(line -> line.contains("rule=\"" + RULE + "\" requirement=\"scope a\""))
                .anyMatch(line -> line.contains("act=end-trial") && line.contains("phase=done"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /none    | scope a
            GET /orders  | scope
            GET /orders  | from @office
            GET /orders  | claim a = path:user
            """)
    void aTrialThatCanTellNothingIsRefused(String rule, String requirement) throws Exception {
        HttpResponse<String> answer = start(rule, requirement);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ConsoleSite.read(answer.body())).containsOnlyKeys("error");
        assertThat(site.guard().trials()).isEmpty();
    }

    @Test
    void aLongRequirementIsRefused() throws Exception {
        assertThat(start(RULE, "scope " + "a".repeat(2000)).statusCode()).isEqualTo(400);
    }
}
