package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

class ColourTest {
    private static final String GREEN = "\u001B[32m";
    private static final Path SCRIPT = Path.of("/usr/bin/script");

    private final Sample sample;

    ColourTest(@TempDir Path folder) {
        sample = new Sample(folder);
    }

    private CliResult routes(Map<String, String> environment, String... words) {
        String[] all = new String[words.length + 5];
        String[] call = {"routes", "--config", sample.config(), "GET", "/health"};
        System.arraycopy(call, 0, all, 0, call.length);
        System.arraycopy(words, 0, all, call.length, words.length);
        return CliCall.run(environment, "", all);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, true, '', xterm, ON",
        "AUTO, true, 1, xterm, OFF",
        "AUTO, true, '', dumb, OFF",
        "AUTO, false, '', xterm, OFF",
        "ALWAYS, false, 1, dumb, ON",
        "NEVER, true, '', xterm, OFF"
    })
    void areChosenByTheOptionTheTerminalAndTheEnvironment(
            Colours.When when, boolean isTerminal, String noColor, String terminal, Ansi expected) {
        Colours colours = new Colours(Map.of("NO_COLOR", noColor, "TERM", terminal), isTerminal);
        colours.choose(when);
        assertThat(colours.ansi()).isEqualTo(expected);
    }

    @Test
    void areAlwaysUsedIfAskedFor() {
        CliResult result = routes(Map.of("NO_COLOR", "1"), "--color=always");
        assertThat(result.out()).startsWith(GREEN + "\u2713");
        assertThat(result.exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--color=never", "--color=auto"})
    void areNotUsedInAFile(String option) {
        assertThat(routes(Map.of(), option).out()).startsWith("\u2713").doesNotContain("\u001B");
    }

    @Test
    void areOfTheThreeKindsOnly() {
        CliResult result = routes(Map.of(), "--color=canary-7f3a");
        assertThat(result.err()).contains("write one of always, auto, never").doesNotContain("canary");
        assertThat(result.exit()).isEqualTo(2);
    }

    /** A token is piped in, so that only the output is a terminal. */
    @Test
    void areUsedOnATerminal() throws IOException, InterruptedException {
        assertThat(onATerminal("")).contains(GREEN + "\u2713");
        assertThat(onATerminal("NO_COLOR=1 ")).contains("\u2713").doesNotContain("\u001B");
    }

    private String onATerminal(String environment) throws IOException, InterruptedException {
        assumeThat(SCRIPT).isExecutable();
        Path output = Files.createTempFile("terminal", ".txt");
        String command = environment + "TERM=xterm "
                + ProcessHandle.current().info().command().orElse("java") + " -XX:TieredStopAtLevel=1 -cp '"
                + CliProcess.classPath(false) + "' io.tokenguard.cli.Cli routes --config " + sample.config()
                + " GET /health </dev/null";
        Process process = new ProcessBuilder(SCRIPT.toString(), "-qec", command, "/dev/null")
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.createTempFile("empty", ".txt").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
