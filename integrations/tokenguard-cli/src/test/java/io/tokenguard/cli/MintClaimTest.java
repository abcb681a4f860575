package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Further claims of {@code mint}, and bound tokens at {@code curl}. */
class MintClaimTest {
    @TempDir
    private Path folder;

    @Test
    void addsClaimsOfEachType() {
        String keys = folder.resolve("keys").toString();
        CliResult minted = CliCall.run(
                "",
                "mint",
                "--keys",
                keys,
                "--claim",
                "tenant=\"a=b,c\"",
                "--claim",
                "level=2",
                "--claim",
                "g=[\"x\"]");
        assertThat(DecodedToken.of(minted.out().strip()).claims().orElseThrow())
                .containsEntry("tenant", "a=b,c")
                .containsEntry("level", 2L)
                .containsEntry("g", List.of("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "=1", "tenant=canary-7f3a", "tenant=1,\"canary-7f3a\":2", "tenant="})
    void refusesAClaimWithoutNameOrJson(String claim) {
        CliResult result =
                CliCall.run("", "mint", "--keys", folder.resolve("keys").toString(), "--claim", claim);
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .contains("--claim: write a name and a JSON value")
                .doesNotContain("canary");
    }

    @Test
    void curlSaysThatABoundTokenNeedsItsKey(@TempDir Path other) {
        Sample sample = new Sample(other);
        String token = sample.token()
                .boundTo(TestKey.generate(TestAlgorithm.ES256, "holder"))
                .sign();
        CliResult result = CliCall.run(token, "curl", "GET", "https://api.example.com/");
        assertThat(result.err()).contains("pass --dpop-key");
        assertThat(result.out()).startsWith("curl ");
    }
}
