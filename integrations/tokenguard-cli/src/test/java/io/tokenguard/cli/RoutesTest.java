package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    private final Sample sample;

    RoutesTest(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    @Test
    void listsTheMostSpecificFirst() {
        CliResult result = CliCall.run("", "routes", "--config", sample.config());
        Golden.compare("routes", result.everything());
        assertThat(result.exit()).isZero();
    }

    @Test
    void listsLimitsBelow() {
        String config = sample.config("tokenguard.limits.orders=GET /orders/** limit 100/1m per subject");
        CliResult result = CliCall.run("", "routes", "--config", config);
        assertThat(result.out())
                .containsPattern("GET +/orders/\\*\\* +limit 100/1m per subject +tokenguard\\.limits\\.orders");
        assertThat(result.exit()).isZero();
    }

    @Test
    void showsWhichDecides() {
        CliResult result = CliCall.run("", "routes", "--config", sample.config(), "GET", "/orders/ADMIN");
        Golden.compare("routes-near", result.everything());
        assertThat(result.exit()).isZero();
    }

    @Test
    void listsTheConsoleAndTheHealthDocumentAndTheMetadata() {
        CliResult result = CliCall.run("", "routes", "--config", withOwnPaths());
        Golden.compare("routes-own", result.everything());
        assertThat(result.exit()).isZero();
    }

    private String withOwnPaths() {
        return sample.config(
                "tokenguard.health.path=/tokenguard/health",
                "tokenguard.health.scope=ops",
                "tokenguard.console.path=/console",
                "tokenguard.console.scope=ops",
                "tokenguard.console.role=operator",
                "tokenguard.resource.uri=https://api.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "/tokenguard/health, 'tokenguard.health.path, tokenguard.health.scope'",
        "/tokenguard/health/, 'tokenguard.health.path, tokenguard.health.scope'",
        "/tokenguard/health/ready, tokenguard.health.path",
        "/console/, tokenguard.console.path",
        "/console/api/now, 'tokenguard.console.scope, tokenguard.console.role'",
        "/.well-known/oauth-protected-resource, tokenguard.resource.uri"
    })
    void showsWhatDecidesAboutPathsOfItsOwn(String path, String key) {
        CliResult result = CliCall.run("", "routes", "--config", withOwnPaths(), "GET", path);
        assertThat(result.out()).contains("\u2713 ", key + System.lineSeparator() + "    decides: ");
        assertThat(result.exit()).isZero();
        CliResult json = CliCall.run("", "routes", "--config", withOwnPaths(), "--json", "GET", path);
        assertThat(json.out()).startsWith("[{\"methods\":[\"").contains("\"key\":\"" + key + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokenguard.routes.wrong=GTE /a public | Configuration: tokenguard.routes.wrong is 'GTE /a public'",
                "tokenguard.routes.more=GET /health/ authenticated | Configuration: tokenguard.routes.more and tokenguard.routes.health",
                "tokenguard.routes.paid=POST /payments fresh,x | Configuration: tokenguard.routes.paid is"
            })
    void namesTheKeyOfAWrongRoute(String line, String message) {
        CliResult result = CliCall.run("", "routes", "--config", sample.config(line));
        assertThat(result.err()).contains(message);
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void namesTheKeyOfARouteThatNoRequestCanMeet() {
        CliResult result = CliCall.run(
                "",
                "routes",
                "--config",
                sample.config("tokenguard.dpop.mode=off", "tokenguard.routes.paid=POST /payments dpop"));
        assertThat(result.err())
                .contains("Configuration: tokenguard.routes.paid can never be met: set tokenguard.dpop.mode");
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void refusesAnAmbiguousPath() {
        CliResult result = CliCall.run("", "routes", "--config", sample.config(), "GET", "/orders/../health");
        assertThat(result.out()).contains("Refused before any route: PATH_REJECTED");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void saysThatNoneMatches() {
        CliResult result = CliCall.run("", "routes", "--config", sample.config(), "DELETE", "/orders/1");
        assertThat(result.out()).contains("? no route matches; not known here: annotations decide");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void showsTheLimitsThatCountARequest() {
        String config = sample.config(
                "tokenguard.limits.all=/** limit 100/1m per subject",
                "tokenguard.limits.write=POST /orders/** limit 5/1m per subject");
        CliResult result = CliCall.run("", "routes", "--config", config, "GET", "/orders/1");
        assertThat(result.out())
                .contains("Limits that count it, if it is granted:")
                .containsPattern("limit 100/1m per subject +tokenguard\\.limits\\.all")
                .doesNotContain("tokenguard.limits.write");
        assertThat(CliCall.run("", "routes", "--config", config, "--json", "POST", "/orders/1")
                        .out())
                .contains("tokenguard.limits.write", "\"limit\"");
    }

    @Test
    void saysThatALimitOfAllMethodsCountsNoPreflights() {
        String config = sample.config("tokenguard.limits.all=/** limit 100/1m per subject");
        assertThat(CliCall.run("", "routes", "--config", config).out())
                .containsPattern("any but OPTIONS +/\\*\\* +limit 100/1m per subject +tokenguard\\.limits\\.all");
    }

    @Test
    void listsWritesThatHappenOnceBelow() {
        String config = sample.config("tokenguard.writes.orders=/orders/** idempotent 24h optional");
        assertThat(CliCall.run("", "routes", "--config", config).out())
                .containsPattern("PATCH,POST +/orders/\\*\\* +idempotent 24h optional +tokenguard\\.writes\\.orders");
    }

    @Test
    void showsTheMostSpecificRuleOfAWrite() {
        String config = sample.config(
                "tokenguard.writes.all=/** idempotent 1h", "tokenguard.writes.orders=POST /orders/** idempotent 24h");
        assertThat(CliCall.run("", "routes", "--config", config, "POST", "/orders/1")
                        .out())
                .contains("It happens once for each Idempotency-Key, if it is granted:")
                .containsPattern("idempotent 24h +tokenguard\\.writes\\.orders")
                .doesNotContain("tokenguard.writes.all");
        assertThat(CliCall.run("", "routes", "--config", config, "GET", "/orders/1")
                        .out())
                .doesNotContain("Idempotency-Key");
        assertThat(CliCall.run("", "routes", "--config", config, "--json", "POST", "/orders/1")
                        .out())
                .contains("\"write\":\"idempotent 24h\"");
    }
}
