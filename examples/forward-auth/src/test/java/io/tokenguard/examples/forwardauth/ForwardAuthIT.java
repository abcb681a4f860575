package io.tokenguard.examples.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts the built jar as anybody would. */
class ForwardAuthIT {
    private static final Path JAR = Path.of("target", "forward-auth.jar");
    private static final Pattern CURL = Pattern.compile("# (\\d{3}) [^\\n]*\\ncurl -i((?: -H '[^']+')*) (http://\\S+)");
    private static final Pattern FIELD = Pattern.compile("-H '([^:]+): ([^']+)'");

    private static Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static List<MatchResult> lines(Process program) throws IOException {
        BufferedReader output = program.inputReader(StandardCharsets.UTF_8);
        StringBuilder printed = new StringBuilder();
        List<MatchResult> lines = List.of();
        String line = output.readLine();
        while (line != null && lines.size() < 4) {
            printed.append(line).append('\n');
            lines = CURL.matcher(printed).results().toList();
            line = lines.size() < 4 ? output.readLine() : line;
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "traefik", "envoy"})
    void printsCurlLinesThatDoWhatTheySay(String gateway) throws Exception {
        Process program = launch("--gateway", gateway, "--port", "0");
        try {
            List<MatchResult> lines = lines(program);
            assertThat(lines).hasSize(4);
            for (MatchResult line : lines) {
                HttpURLConnection question =
                        (HttpURLConnection) URI.create(line.group(3)).toURL().openConnection();
                Matcher field = FIELD.matcher(line.group(2));
                while (field.find()) {
                    question.setRequestProperty(field.group(1), field.group(2));
                }
                assertThat(question.getResponseCode()).as(line.group()).isEqualTo(Integer.parseInt(line.group(1)));
            }
        } finally {
            program.destroy();
        }
    }

    @Test
    void doesNotStartWithoutAGateway() throws Exception {
        Process refused = launch("--port", "0");
        assertThat(refused.waitFor()).isEqualTo(2);
        assertThat(new String(refused.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("usage: ");
    }

    @Test
    void refusesSettingsThatAreWrongInOneSentence(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("guard.properties"), """
                        tokenguard.issuer-uri=http://127.0.0.1:9
                        tokenguard.audiences=api
                        tokenguard.mtls.client-cert-header=apache
                        """);
        Process refused = launch("--gateway", "nginx", "--port", "0", "--config", config.toString());
        assertThat(refused.waitFor()).isEqualTo(2);
        assertThat(new String(refused.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("tokenguard.mtls.client-cert-header is 'apache': begin it with one of rfc9440, envoy, nginx,"
                        + " haproxy, alb, traefik" + System.lineSeparator());
    }
}
