package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private static final String CANARY = "canary-7f3a";

    @TempDir
    private Path folder;

    @Test
    void aWrongConfigurationIsAMessageAndNoStackTrace() {
        Path config = new Sample(folder).write("wrong.properties", "tokenguard.isuer-uri=https://" + CANARY + "\n");
        CliResult result = CliCall.run("", "routes", "--config", config.toString());
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.everything())
                .contains("Configuration: tokenguard.isuer-uri", "did you mean tokenguard.issuer-uri?")
                .doesNotContain("Exception", "\tat ", CANARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"explain canary-7f3a", "explain --at canary-7f3a", "canary-7f3a", "explain --nope=canary-7f3a"})
    void aWrongCallShowsNothingThatWasPassed(String call) {
        CliResult result = CliCall.run("eyJ.a.b", call.split(" ", -1));
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.everything())
                .doesNotContain("Exception", "\tat ", CANARY, "eyJ")
                .isNotBlank();
    }

    @Test
    void namesOptionsThatExcludeEachOther() {
        CliResult result = CliCall.run("", "revoke", "--issuer", "i", "--token-id", CANARY, "--subject", CANARY);
        assertThat(result.err())
                .contains("--token-id", "--subject", "mutually exclusive")
                .doesNotContain(CANARY);
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void listsTheWordsThatAnOptionMayHave() {
        CliResult result = CliCall.run("", "doctor", "--color=" + CANARY);
        assertThat(result.err()).contains("write one of always, auto, never").doesNotContain(CANARY);
    }
}
