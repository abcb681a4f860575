package io.tokenguard.examples.forwardauth;

import static io.tokenguard.examples.forwardauth.AskingProxy.HERE;
import static io.tokenguard.examples.forwardauth.AskingProxy.field;
import static io.tokenguard.examples.forwardauth.AskingProxy.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of the page in a real Caddy, which asks as Traefik does. Skipped where Caddy is not installed. */
class CaddyTest {
    private static final Path CADDY = Path.of("/usr/bin/caddy");

    private static AskingProxy caddy;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(CADDY), "no /usr/bin/caddy: apt-get install -y caddy");
        caddy = AskingProxy.of(Gateway.TRAEFIK, folder);
        caddy.start(configuration(), CADDY.toString(), "run", "--adapter", "caddyfile", "--config", "@FILE@");
    }

    /** The block of the page, for its ports; the client's TLS ends in front of this Caddy. */
    private static String configuration() throws IOException {
        List<String> blocks = AskingProxy.blocks("CADDY");
        assertThat(blocks).hasSize(1);
        return "{\n  admin off\n  auto_https off\n}\n"
                + blocks.get(0)
                        .replace("api.example.com {", "http://:" + caddy.port() + " {\n  bind " + HERE)
                        .replace(
                                "127.0.0.1:9000 {",
                                caddy.endpoint().replace("http://", "") + " {\n    header_up X-Forwarded-Proto https")
                        .replace("127.0.0.1:8080", caddy.application())
                + "\n";
    }

    @AfterAll
    static void stop() {
        if (caddy != null) {
            caddy.close();
        }
    }

    @Test
    void letsThroughWhatTheGuardGrants() throws IOException {
        assertThat(status(caddy.get("/health"))).isEqualTo(200);
        assertThat(status(caddy.get("/orders/7?x=1", caddy.bearer(ForwardAuth.SCOPE))))
                .isEqualTo(200);
    }

    @Test
    void passesEachChallengeOn() throws IOException {
        List<String> missing = caddy.get("/orders/7");
        assertThat(status(missing)).isEqualTo(401);
        assertThat(field(missing, "WWW-Authenticate")).hasSize(2);
        List<String> narrow = caddy.get("/orders/7", caddy.bearer("other"));
        assertThat(status(narrow)).isEqualTo(403);
        assertThat(field(narrow, "WWW-Authenticate").toString())
                .contains("error=\"insufficient_scope\"", "scope=\"orders:read\"");
    }

    @Test
    void addsNoChallengeToARefusalOfTheApplication() throws IOException {
        List<String> head = caddy.get("/orders/own", caddy.bearer(ForwardAuth.SCOPE));
        assertThat(status(head)).isEqualTo(403);
        assertThat(field(head, "WWW-Authenticate")).isEmpty();
    }

    @Test
    void passesTheNonceOnThatTheNextProofNeeds() throws IOException {
        caddy.passesTheNonceOn();
    }

    /** What a client writes about its own request counts for nothing. */
    @Test
    void overwritesWhatAClientWritesAboutItself() throws IOException {
        assertThat(status(caddy.get("/orders/7", "X-Forwarded-Uri: /health", "X-Forwarded-Method: GET")))
                .isEqualTo(401);
        assertThat(status(caddy.get(
                        "/health",
                        "X-Forwarded-Uri: /orders/7",
                        "X-Forwarded-Host: evil.example",
                        "Forwarded: host=evil.example")))
                .isEqualTo(200);
        assertThat(status(caddy.get("/orders/%2e%2e/health"))).isEqualTo(400);
    }
}
