package io.tokenguard.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the embedded servers of servlet.md. */
class EmbeddedServersTest {
    private static final String AUDIENCE = "https://api.example.com";

    @TempDir
    private Path classes;

    private Object start(String example, TokenGuard guard) throws Exception {
        return DocumentedCode.load("servlet.md", example, code -> code, classes)
                .getMethod("start", TokenGuard.class, int.class)
                .invoke(null, guard, 0);
    }

    private static TokenGuard guard(TestIssuer issuer) {
        TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .build())
                .route("GET /api/orders/** scope orders:read")
                .build();
        assertThat(guard.awaitReady(Duration.ofMinutes(1))).isTrue();
        return guard;
    }

    private static String answer(int port, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/orders/1"));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private static void requireGuarded(int port, TestIssuer issuer) throws Exception {
        assertThat(answer(port, issuer.token().scope("orders:read").sign())).isEqualTo("200 Hello, alice");
        assertThat(answer(port, issuer.token().scope("other").sign())).startsWith("403");
        assertThat(answer(port, "")).startsWith("401");
    }

    @Test
    void jettyIsGuarded() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().audience(AUDIENCE).start();
                TokenGuard guard = guard(issuer)) {
            Server server = (Server) start("OnJetty", guard);
            try {
                requireGuarded(((ServerConnector) server.getConnectors()[0]).getLocalPort(), issuer);
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void tomcatIsGuarded() throws Exception {
        try (TestIssuer issuer = TestIssuer.builder().audience(AUDIENCE).start();
                TokenGuard guard = guard(issuer)) {
            Tomcat tomcat = (Tomcat) start("OnTomcat", guard);
            try {
                requireGuarded(tomcat.getConnector().getLocalPort(), issuer);
            } finally {
                tomcat.stop();
                tomcat.destroy();
            }
        }
    }
}
