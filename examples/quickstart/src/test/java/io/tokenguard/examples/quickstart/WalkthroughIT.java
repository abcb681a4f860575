package io.tokenguard.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Starts the built jar and sends what it prints. */
class WalkthroughIT {
    private static final Pattern CURL = Pattern.compile(
            "# (\\d{3}) [^\\n]*\\ncurl -i(?: -H \"([A-Za-z-]+): ([^\"]+)\")?(?: -d \"([^\"]+)\")? (http://\\S+)");
    private static final Pattern EXPORT = Pattern.compile("export (\\w+)='([^']+)'");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static RunningProgram program;

    @BeforeAll
    static void start() throws IOException {
        program = RunningProgram.start("--port", "0");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void printsCurlLinesThatDoWhatTheySay() throws Exception {
        List<MatchResult> lines = CURL.matcher(pasted()).results().toList();
        assertThat(lines).hasSize(21);
        for (var line : lines) {
            assertThat(sent(line)).as(line.group()).isEqualTo(Integer.parseInt(line.group(1)));
        }
    }

    @Test
    void printsShortCurlLines() throws Exception {
        assertThat(CURL.matcher(printed()).results())
                .isNotEmpty()
                .allMatch(line -> line.group().lines().allMatch(text -> text.length() <= 120));
    }

    private static String printed() throws IOException {
        return program.readUntil("/rest/transfer\n.*/rest/transfer\n");
    }

    /** The lines as a shell reads them, with the values of the variables; one that a command sets stays as it is. */
    private static String pasted() throws IOException {
        String lines = printed();
        Map<String, String> variables = EXPORT.matcher(lines)
                .results()
                .collect(Collectors.toMap(export -> export.group(1), export -> export.group(2)));
        return Pattern.compile("\\$(\\w+)")
                .matcher(lines)
                .replaceAll(use -> Matcher.quoteReplacement(variables.getOrDefault(use.group(1), use.group())));
    }

    /** What curl does with such a line. */
    private static int sent(MatchResult line) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(line.group(5)));
        if (line.group(4) != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(line.group(4)))
                    .setHeader("Content-Type", "application/x-www-form-urlencoded");
        }
        if (line.group(2) != null) {
            request.setHeader(line.group(2), line.group(3));
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void printsAnAddressOfTheConsoleWithATokenForIt() throws Exception {
        Matcher line = Pattern.compile("(http://\\S+/console/)#token=(\\S+)").matcher(printed());
        assertThat(line.find()).isTrue();
        HttpRequest page = HttpRequest.newBuilder(URI.create(line.group(1))).build();
        assertThat(CLIENT.send(page, HttpResponse.BodyHandlers.ofString()).body())
                .contains("TokenGuard console");
        HttpRequest now = HttpRequest.newBuilder(URI.create(line.group(1) + "api/now"))
                .header("Authorization", "Bearer " + line.group(2))
                .build();
        assertThat(CLIENT.send(now, HttpResponse.BodyHandlers.ofString()).body())
                .contains("\"ready\":true");
    }

    @Test
    void saysWhoseTokenItIs() throws Exception {
        Matcher line = Pattern.compile(
                        "the identity in the token\\ncurl -i -H \"Authorization: ([^\"]+)\" (http://\\S+)")
                .matcher(pasted());
        assertThat(line.find()).isTrue();
        HttpRequest request = HttpRequest.newBuilder(URI.create(line.group(2)))
                .header("Authorization", line.group(1))
                .build();
        assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .startsWith(
                        "{\"sub\":\"alice\",\"client_id\":\"test-client\",\"scope\":[\"orders:read\"],\"iss\":\"http://127.0.0.1:")
                .endsWith("\"binding\":\"none\"}");
    }

    @Test
    void makesARequestWithAProof() throws Exception {
        Matcher line = Pattern.compile("quickstart\\.jar dpop (http://\\S+) \"(\\S+)\" \"([^\\n]+)\"\\n")
                .matcher(pasted());
        assertThat(line.find()).isTrue();
        for (String resource : List.of("/api/me", "/rest/me")) {
            Process request = RunningProgram.launch(
                    "dpop", program.address().resolve(resource).toString(), line.group(2), line.group(3));
            String answer = new String(request.getInputStream().readAllBytes(), UTF_8);
            assertThat(request.waitFor()).isZero();
            assertThat(answer).startsWith("200\n").contains("\"binding\":\"dpop\"");
        }
    }
}
