package io.tokenguard.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.testkit.TestIssuer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over HTTP/2, a WebSocket is opened by CONNECT with {@code :protocol} (RFC 8441 §4). Tomcat does not implement it: it
 * resets the stream, with a guard or without. If a version of Tomcat does, a test fails here, and has to show that the
 * guard decides.
 */
class ExtendedConnectTest {
    /** A strong reference, because the logging of the JDK does not keep loggers. */
    private static final Logger LOG = Logger.getLogger("org.apache");

    @TempDir
    private Path folder;

    private final TestIssuer issuer = TestIssuer.start();
    private final Tomcat tomcat = new Tomcat();
    private TokenGuard guard;

    @BeforeEach
    void prepare() {
        LOG.setLevel(Level.OFF);
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .route("/ws/** authenticated")
                .build();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        guard.close();
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tomcatOpensNoWebSocketOverHttp2(boolean isGuarded) throws Exception {
        start(isGuarded);
        try (Http2Client client = new Http2Client(tomcat.getConnector().getLocalPort())) {
            assertThat(client.connect("/ws/echo", "")).isEqualTo(Http2Client.RESET);
            assertThat(client.announcesConnectProtocol()).isFalse();
        }
        try (Http2Client client = new Http2Client(tomcat.getConnector().getLocalPort())) {
            assertThat(client.connect("/ws/echo", "Bearer " + issuer.token().sign()))
                    .isEqualTo(Http2Client.RESET);
        }
    }

    // RFC 9113 §8.2.2 forbids Connection and Upgrade: what is left of an upgrade is a plain request
    @Test
    void aRequestOverHttp2NeedsAToken() throws Exception {
        start(true);
        try (Http2Client client = new Http2Client(tomcat.getConnector().getLocalPort())) {
            assertThat(client.get("/ws/echo", "")).isEqualTo(401);
            assertThat(client.get("/ws/echo", "Bearer " + issuer.token().sign()))
                    .isEqualTo(200);
        }
    }

    private void start(boolean isGuarded) throws Exception {
        Context context = tomcat.addContext("", folder.toString());
        if (isGuarded) {
            context.addServletContainerInitializer(
                    (classes, servlets) -> TokenGuardFilter.register(servlets, guard), Set.of());
        }
        context.addServletContainerInitializer(new WsSci(), Set.of());
        context.addApplicationListener(Application.EndpointListener.class.getName());
        context.addServletContainerInitializer(
                (classes, servlets) -> servlets.addServlet("quiet", new Quiet()).addMapping("/"), Set.of());
        tomcat.start();
    }

    private static final class Quiet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(200);
        }
    }
}
