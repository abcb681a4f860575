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

/** The configuration of the page in a real nginx. Skipped where nginx is not installed. */
class NginxTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    private static AskingProxy nginx;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(NGINX), "no /usr/sbin/nginx: apt-get install -y nginx-light");
        nginx = AskingProxy.of(Gateway.NGINX, folder);
        nginx.start(configuration(), NGINX.toString(), "-p", folder.toString(), "-c", "@FILE@", "-e", "stderr");
    }

    /** The two blocks of the page, for its ports; the client's TLS ends in front of this nginx. */
    private static String configuration() throws IOException {
        List<String> blocks = AskingProxy.blocks("NGINX");
        assertThat(blocks).hasSize(2);
        String locations = blocks.get(1)
                .replace("http://127.0.0.1:9000/", nginx.endpoint() + "/")
                .replace("$scheme", "https");
        return "daemon off;\npid nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n  access_log off;\n"
                + "  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n"
                + "  uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
                + "  upstream application { server " + nginx.application() + "; }\n" + blocks.get(0)
                + "\n  server {\n    listen " + HERE + ":" + nginx.port() + ";\n" + locations + "\n  }\n}\n";
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void letsThroughWhatTheGuardGrants() throws IOException {
        assertThat(status(nginx.get("/health"))).isEqualTo(200);
        assertThat(status(nginx.get("/orders/7?x=1", nginx.bearer(ForwardAuth.SCOPE))))
                .isEqualTo(200);
    }

    @Test
    void passesBothChallengesOn() throws IOException {
        List<String> head = nginx.get("/orders/7");
        assertThat(status(head)).isEqualTo(401);
        assertThat(field(head, "WWW-Authenticate"))
                .singleElement()
                .asString()
                .contains("Bearer realm=\"api\"", "DPoP realm=\"api\"");
    }

    @Test
    void passesOnWhichScopeIsMissing() throws IOException {
        List<String> head = nginx.get("/orders/7", nginx.bearer("other"));
        assertThat(status(head)).isEqualTo(403);
        assertThat(field(head, "WWW-Authenticate"))
                .singleElement()
                .asString()
                .contains("error=\"insufficient_scope\"", "scope=\"orders:read\"");
    }

    @Test
    void addsNoChallengeToARefusalOfTheApplication() throws IOException {
        List<String> head = nginx.get("/orders/own", nginx.bearer(ForwardAuth.SCOPE));
        assertThat(status(head)).isEqualTo(403);
        assertThat(field(head, "WWW-Authenticate")).isEmpty();
    }

    /** RFC 9449 §8: without its first nonce, a client can make no proof. */
    @Test
    void passesTheNonceOnThatTheNextProofNeeds() throws IOException {
        nginx.passesTheNonceOn();
    }

    /** What a client writes about its own request counts for nothing. */
    @Test
    void overwritesWhatAClientWritesAboutItself() throws IOException {
        assertThat(status(nginx.get("/orders/7", "X-Original-URI: /health"))).isEqualTo(401);
        assertThat(status(nginx.get("/health", "X-Original-URI: /orders/7", "X-Forwarded-Host: evil.example")))
                .isEqualTo(200);
        assertThat(status(nginx.get("/orders/%2e%2e/health"))).isEqualTo(403);
    }
}
