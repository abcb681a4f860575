package io.tokenguard.examples.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestIssuer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** Starts the built jar as anybody would. */
class McpServerIT {
    private static final Path JAR = Path.of("target", "mcp-server.jar");
    private static final Pattern CURL = Pattern.compile("# (\\d{3}) [^\\n]*\\ncurl -i"
            + "(?: -H 'Authorization: ([^']+)')?(?: -H 'Content-Type: application/json' -d '([^']+)')? (http://\\S+)");

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

    private static String readUntil(Process program, String part) throws IOException {
        BufferedReader output = program.inputReader(StandardCharsets.UTF_8);
        StringBuilder printed = new StringBuilder();
        Pattern awaited = Pattern.compile(part, Pattern.DOTALL);
        String line = "";
        while (line != null && !awaited.matcher(printed).find()) {
            line = output.readLine();
            printed.append(line == null ? "" : line + "\n");
        }
        return printed.toString();
    }

    private static HttpResponse<String> send(URI address, String authorization, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void printsCurlLinesThatDoWhatTheySay() throws Exception {
        Process program = launch("--port", "0");
        try {
            List<MatchResult> lines = CURL.matcher(readUntil(program, "with a token of[^\\n]*\\ncurl[^\\n]*\\n"))
                    .results()
                    .toList();
            assertThat(lines).hasSize(4);
            for (MatchResult line : lines) {
                assertThat(send(URI.create(line.group(4)), line.group(2), line.group(3))
                                .statusCode())
                        .as(line.group())
                        .isEqualTo(Integer.parseInt(line.group(1)));
            }
        } finally {
            program.destroy();
        }
    }

    @Test
    void takesItsIssuerFromAFile(@TempDir Path folder) throws Exception {
        try (TestIssuer issuer = TestIssuer.start()) {
            Path config =
                    Files.writeString(folder.resolve("mcp.properties"), "tokenguard.issuer-uri=" + issuer.issuer());
            Process program = launch("--port", "0", "--config", config.toString());
            try {
                Matcher ready = Pattern.compile("ready (http://\\S+)").matcher(readUntil(program, "ready http"));
                assertThat(ready.find()).isTrue();
                String token = issuer.token()
                        .audience(ready.group(1))
                        .scope("mcp:tools")
                        .sign();
                String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
                assertThat(send(URI.create(ready.group(1)), "Bearer " + token, ping)
                                .statusCode())
                        .isEqualTo(200);
            } finally {
                program.destroy();
            }
        }
    }

    @Test
    void refusesSettingsThatContradictThePresetInOneSentence(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("mcp.properties"), """
                        tokenguard.issuer-uri=http://127.0.0.1:9
                        tokenguard.audiences=api
                        tokenguard.resource.uri=https://mcp.example/mcp
                        """);
        Process refused = launch("--port", "0", "--config", config.toString());
        assertThat(refused.waitFor()).isEqualTo(2);
        assertThat(new String(refused.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "tokenguard.audiences is 'api': set https://mcp.example/mcp, which is tokenguard.resource.uri,"
                                + " and nothing else; tokenguard.preset is 'mcp'" + System.lineSeparator());
    }
}
