package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
    private final Sample sample;

    ExplainTest(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    private static CliResult explain(String token, String... words) {
        return checked(token, CliCall.run(token, words));
    }

    private static CliResult inAProcess(String token, String... words) {
        return checked(token, CliProcess.run(token, words));
    }

    private static CliResult checked(String token, CliResult result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).doesNotContain(token).doesNotContain("eyJ");
        return result;
    }

    @Test
    void acceptsAGoodTokenForItsRequest() {
        CliResult result = inAProcess(
                sample.token().sign(),
                "explain",
                "--config",
                sample.config(),
                "--at",
                Sample.AT,
                "--request",
                "GET /orders/1");
        Golden.compare("explain-accepted", result.out());
        assertThat(result.exit()).isZero();
    }

    @Test
    void namesTheLimitsThatCountTheRequest() {
        String config = sample.config(
                "tokenguard.limits.all=/** limit 100/1m per subject",
                "tokenguard.limits.write=POST /** limit 5/1m per subject");
        CliResult result = explain(
                sample.token().sign(), "explain", "--config", config, "--at", Sample.AT, "--request", "GET /orders/1");
        assertThat(result.out())
                .contains("? limits        counted by the running nodes: limit 100/1m per subject"
                        + " (tokenguard.limits.all)")
                .doesNotContain("tokenguard.limits.write");
        assertThat(result.exit()).isZero();
        assertThat(explain(sample.token().sign(), "explain", "--config", config, "--at", Sample.AT)
                        .out())
                .doesNotContain("? limits");
    }

    @Test
    void namesTheRuleOfAWriteThatHappensOnce() {
        String config = sample.config(
                "tokenguard.routes.once=POST /once/** authenticated",
                "tokenguard.writes.orders=POST /once/** idempotent 24h");
        CliResult result = explain(
                sample.token().sign(), "explain", "--config", config, "--at", Sample.AT, "--request", "POST /once/1");
        assertThat(result.out())
                .contains("? writes        known to the running nodes: idempotent 24h (tokenguard.writes.orders)");
        assertThat(result.exit()).isZero();
    }

    @Test
    void namesTheAudienceThatIsExpected() {
        CliResult result = inAProcess(
                sample.token().audience("account").sign(), "explain", "--config", sample.config(), "--at", Sample.AT);
        Golden.compare("explain-audience", result.out());
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void checksTheRestWithoutKeys() {
        CliResult result = explain(
                sample.token().sign(),
                "explain",
                "--offline",
                "--config",
                sample.config(),
                "--at",
                Sample.AT,
                "--request",
                "POST /orders/1");
        Golden.compare("explain-offline", result.out());
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void saysThatKeysCanNotBeLoadedAndChecksTheRest() {
        Path config = sample.write("unreachable.properties", """
                tokenguard.issuer-uri=https://issuer.example.com
                tokenguard.jwks-uri=https://127.0.0.1:1/keys
                tokenguard.audiences=https://api.example.com
                """);
        CliResult result = explain(sample.token().sign(), "explain", "--config", config.toString(), "--at", Sample.AT);
        assertThat(result.out())
                .contains("? key           KEYS_UNAVAILABLE", "? signature", "\u2713 claims", "\u2713 lifetime");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void doesNotKnowWhatAnnotationsDecide() {
        CliResult result = explain(
                sample.token().sign(),
                "explain",
                "--config",
                sample.config(),
                "--at",
                Sample.AT,
                "--request",
                "GET /elsewhere");
        assertThat(result.out())
                .contains("? authorization no route matches; not known here: annotations decide")
                .contains("Result: undecided");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void decidesAboutTheHealthDocument() {
        String config = sample.config("tokenguard.health.path=/tokenguard/health", "tokenguard.health.scope=ops");
        String[] words = {"explain", "--config", config, "--at", Sample.AT, "--request", "GET /tokenguard/health"};
        CliResult refused = explain(sample.token().sign(), words);
        assertThat(refused.out())
                .contains("\u2717 authorization SCOPE_INSUFFICIENT", "expected  scope ops", "tokenguard.health.scope");
        assertThat(refused.exit()).isEqualTo(1);
        CliResult accepted = explain(sample.token().scope("ops").sign(), words);
        assertThat(accepted.out())
                .contains("by the health document (tokenguard.health.path, tokenguard.health.scope)")
                .contains("Result: accepted");
    }

    @Test
    void namesTheSettingOfTheConsole() {
        String config = sample.config("tokenguard.console.path=/console", "tokenguard.console.scope=ops");
        CliResult refused = explain(
                sample.token().sign(),
                "explain",
                "--config",
                config,
                "--at",
                Sample.AT,
                "--request",
                "GET /console/api/now");
        assertThat(refused.out()).contains("settings  tokenguard.console.scope, tokenguard.scope-claim");
    }

    @Test
    void findsPropertiesForATokenAlone() {
        String token = sample.token()
                .type("JWT")
                .claim("realm_access", Map.of("roles", java.util.List.of("user")))
                .claim("typ", "Bearer")
                .claim("azp", "shop")
                .sign();
        CliResult result = explain(token, "explain", "--at", Sample.AT);
        Golden.compare("explain-alone", result.out());
        assertThat(result.exit()).isZero();
    }

    @Test
    void namesALongIssuerInFull() {
        String issuer = "https://login.example.com/" + "0123456789".repeat(10) + "/v2.0";
        CliResult result = explain(sample.token().issuer(issuer).sign(), "explain", "--at", Sample.AT);
        assertThat(result.out()).contains("tokenguard.issuer-uri=" + issuer + System.lineSeparator());
    }

    @Test
    void writesJson() {
        CliResult result = explain(
                sample.token()
                        .expiresAt(Instant.parse(Sample.AT).minusSeconds(300))
                        .sign(),
                "explain",
                "--json",
                "--config",
                sample.config(),
                "--at",
                Sample.AT);
        Golden.compare("explain-json", result.out());
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void readsTheYamlOfSpringWithTheEnvironment() {
        Path yaml = sample.write("application.yml", """
                tokenguard:
                  issuer-uri: ${ISSUER}
                  audiences:
                    - https://other.example.com
                    - ${AUDIENCE:https://api.example.com}
                ---
                spring.config.activate.on-profile: prod
                tokenguard.audiences: [https://prod.example.com]
                """);
        Map<String, String> environment = Map.of("ISSUER", Sample.ISSUER);
        String token = sample.token().sign();
        String[] words = {"explain", "--offline", "--config", yaml.toString(), "--at", Sample.AT};
        assertThat(CliCall.run(environment, token, words).exit()).isZero();
        String[] inProduction = {
            "explain", "--offline", "--config", yaml.toString(), "--profile", "prod", "--at", Sample.AT
        };
        assertThat(CliCall.run(environment, token, inProduction).out())
                .contains("expected  [https://prod.example.com]");
    }
}
