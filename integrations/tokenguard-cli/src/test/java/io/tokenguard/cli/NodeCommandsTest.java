package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that work through the console of a running node. */
class NodeCommandsTest {
    @TempDir
    private Path folder;

    private TestIssuer issuer;
    private TokenGuard guard;
    private Server server;
    private String console;

    @BeforeEach
    void start() throws Exception {
        issuer = TestIssuer.builder().audience("https://api.example.com").start();
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .route("GET /orders authenticated")
                .consolePath("/ops")
                .consoleScope("ops")
                .build();
        assertThat(guard.awaitReady(Duration.ofSeconds(10))).isTrue();
        ServletContextHandler application = new ServletContextHandler();
        application.addServletContainerInitializer((classes, context) -> TokenGuardFilter.register(context, guard));
        server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
        server.start();
        console = "http://127.0.0.1:" + connector.getLocalPort() + "/ops";
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        guard.close();
        issuer.close();
    }

    private String operator() throws IOException {
        return file(issuer.token().subject("olga").scope("ops").sign());
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("token-" + text.hashCode()), text + "\n")
                .toString();
    }

    private CliResult run(String input, String... words) throws IOException {
        String[] all = new String[words.length + 4];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(new String[] {"--node", console, "--token-file", operator()}, 0, all, words.length, 4);
        return CliCall.run(input, all);
    }

    private boolean isGranted(String token) {
        return guard.decide(IncomingRequest.builder("GET", "/orders")
                        .overTls()
                        .header("Authorization", "Bearer " + token)
                        .build())
                instanceof Decision.Granted;
    }

    @Test
    void revokesBansAndListsThroughANode() throws IOException {
        String token = issuer.token()
                .subject("canary-7f3a")
                .issuedAt(Instant.now().minusSeconds(5))
                .sign();
        String other = issuer.token().subject("bob").sign();
        CliResult keys = run("", "keys");
        assertThat(keys.out())
                .contains(issuer.issuer(), "FRESH", issuer.currentKey().kid());
        assertThat(keys.exit()).isZero();

        assertThat(isGranted(token)).isTrue();
        CliResult revoked = run("", "revoke", "--issuer", issuer.issuer(), "--subject", "canary-7f3a");
        assertThat(revoked.everything())
                .contains("Revoked by the node: SUBJECT ")
                .doesNotContain("canary");
        assertThat(revoked.exit()).isZero();
        assertThat(isGranted(token)).isFalse();

        assertThat(isGranted(other)).isTrue();
        CliResult ofToken = run(other, "revoke", "--token");
        assertThat(ofToken.everything()).contains("FINGERPRINT").doesNotContain("eyJ");
        assertThat(ofToken.exit()).isZero();
        assertThat(isGranted(other)).isFalse();

        CliResult listed = run("", "revocations");
        assertThat(listed.out()).contains("SUBJECT", "FINGERPRINT", "issued before", "2 revocations");
        assertThat(run("", "revocations", "--json").out()).startsWith("[{\"kind\":\"");

        assertThat(run("", "ban", "--key-id", "another").out())
                .contains("Banned by the node", "Note: the node has loaded no key with this key ID");
        assertThat(run("", "revocations").out()).contains("KEY_ID", "3 revocations");
    }

    @Test
    void saysWhatTheNodeSays() throws IOException {
        CliResult result = run("", "revoke", "--issuer", "https://other.example", "--all");
        assertThat(result.err()).contains("answered with 400", "is not trusted here", issuer.issuer());
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void saysThatTheTokenIsNotAccepted() throws IOException {
        String user = issuer.token().sign();
        for (String token : new String[] {user, user + "x"}) {
            CliResult result = CliCall.run("", "keys", "--node", console, "--token-file", file(token));
            assertThat(result.err()).contains("--token-file").doesNotContain("eyJ");
            assertThat(result.exit()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.1/console",
                "http://127.0.0.1.example.com/console",
                "ftp://127.0.0.1/",
                "https://user@127.0.0.1/console",
                "https://127.0.0.1/console?a=b",
                "console",
                "a b"
            })
    void acceptsNoAddressThatWouldShowTheToken(String address) throws IOException {
        CliResult result = CliCall.run("", "keys", "--node", address, "--token-file", operator());
        assertThat(result.err()).contains("--node is not the address of a console");
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void saysThatThereIsNoConsole() throws IOException {
        String other = console.replace("/ops", "/orders");
        CliResult result = CliCall.run("", "keys", "--node", other, "--token-file", operator());
        assertThat(result.err())
                .contains("GET " + other + "/api/keys was answered with 403 insufficient_scope")
                .contains("TokenGuard-Refusal ", "expected 200 with the JSON of a console")
                .contains("GET " + other + "/ was answered with 401", "there is no console at the address of --node")
                .doesNotContain("The token");
        assertThat(result.exit()).isEqualTo(2);
        CliResult closed = CliCall.run("", "keys", "--node", "http://127.0.0.1:1/ops", "--token-file", operator());
        assertThat(closed.err()).contains("can't be reached");
    }

    @Test
    void saysThatAnotherServerAnswers() throws IOException {
        try (FixedAnswerServer login = FixedAnswerServer.start()) {
            for (String status : new String[] {"200 OK", "401 Unauthorized", "403 Forbidden", "502 Bad Gateway"}) {
                login.answer(List.of("HTTP/1.1 " + status, "Content-Type: text/html"), "<title>Sign in</title>");
                CliResult result = CliCall.run(
                        "", "keys", "--node", "http://" + login.authority() + "/console", "--token-file", operator());
                assertThat(result.err())
                        .contains("was answered with " + status.substring(0, 3) + ", media type text/html")
                        .contains("there is no console at the address of --node")
                        .doesNotContain("Sign in", "The token", "not accept");
                assertThat(result.exit()).isEqualTo(2);
            }
        }
    }

    @Test
    void saysThatTheTokenLacksTheScope() throws IOException {
        CliResult result = CliCall.run(
                "",
                "keys",
                "--node",
                console,
                "--token-file",
                file(issuer.token().sign()));
        assertThat(result.err())
                .contains("was answered with 403 insufficient_scope", "TokenGuard-Refusal ")
                .contains("has not the scope or role of the console (tokenguard.console.scope");
    }

    @Test
    void needsBothOptionsAndNoConfiguration() throws IOException {
        assertThat(CliCall.run("", "keys", "--node", console).err()).contains("--token-file is missing");
        assertThat(CliCall.run("", "keys", "--token-file", operator()).err()).contains("no effect without --node");
        assertThat(run("", "keys", "--config", "guard.properties").err()).contains("not both");
        assertThat(run("", "revoke", "--subject", "alice").err()).contains("--issuer is missing");
    }
}
