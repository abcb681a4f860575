package io.tokenguard.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.testkit.TestIssuer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jetty answers WebSocket upgrades in a filter of its own: the guard stands before it, however it was declared. */
class WebSocketTest {
    private static final String UPGRADE = String.join(
            "\r\n",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");

    @TempDir
    private Path folder;

    private final TestIssuer issuer = TestIssuer.start();
    private final Server jetty = new Server();
    private TokenGuard guard;
    private ServerConnector connector;

    private enum Declaration {
        WEB_XML,
        HELD_FIRST,
        REGISTERED_FIRST,
        ADDED_LATE,
        ADDED_BY_LISTENER,
        PREPENDED_LATE,
        REPLACED_LATE
    }

    @BeforeEach
    void start() {
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .route("/ws/** authenticated")
                .route("/open public")
                .build();
        HttpConfiguration http = new HttpConfiguration();
        connector =
                new ServerConnector(jetty, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
    }

    @AfterEach
    void stop() throws Exception {
        jetty.stop();
        guard.close();
        issuer.close();
    }

    @ParameterizedTest
    @EnumSource
    void decidesAboutAnUpgradeBeforeJettyAnswersIt(Declaration declaration) throws Exception {
        jetty.setHandler(application(declaration));
        jetty.start();
        get("/open", "");
        assertThat(get("/ws/echo", UPGRADE)).isEqualTo(401);
        assertThat(get("/ws/echo", UPGRADE + bearer())).isEqualTo(101);
    }

    // RFC 8441 §4: over HTTP/2 an upgrade is a CONNECT with a protocol
    @ParameterizedTest
    @EnumSource
    void decidesAboutAnExtendedConnectBeforeJettyAnswersIt(Declaration declaration) throws Exception {
        jetty.setHandler(application(declaration));
        jetty.start();
        get("/open", "");
        try (Http2Client client = new Http2Client(connector.getLocalPort())) {
            assertThat(client.connect("/ws/echo", "")).isEqualTo(401);
            assertThat(client.connect("/ws/echo", "Bearer " + issuer.token().sign()))
                    .as("no route serves CONNECT")
                    .isEqualTo(403);
        }
    }

    @Test
    void doesNotStartBehindAHandlerThatAnswersUpgrades() {
        WebSocketUpgradeHandler upgrades = WebSocketUpgradeHandler.from(jetty);
        upgrades.setHandler(application(Declaration.REGISTERED_FIRST));
        jetty.setHandler(upgrades);
        assertThatThrownBy(jetty::start)
                .hasStackTraceContaining("WebSocketUpgradeHandler answers WebSocket upgrades before any filter runs");
    }

    private Handler application(Declaration declaration) {
        boolean isEe11 = System.getProperty("jetty.ee", "").equals("11");
        return switch (declaration) {
            case WEB_XML -> isEe11 ? JettyWebSockets11.declared(deployed()) : JettyWebSockets10.declared(deployed());
            case HELD_FIRST ->
                isEe11
                        ? JettyWebSockets11.heldFirst(new TokenGuardFilter(guard))
                        : JettyWebSockets10.heldFirst(new TokenGuardFilter(guard));
            case REGISTERED_FIRST ->
                isEe11
                        ? JettyWebSockets11.registeredFirst(context -> TokenGuardFilter.register(context, guard))
                        : JettyWebSockets10.registeredFirst(context -> TokenGuardFilter.register(context, guard));
            case ADDED_LATE ->
                isEe11
                        ? JettyWebSockets11.addedLate(context -> TokenGuardFilter.register(context, guard))
                        : JettyWebSockets10.addedLate(context -> TokenGuardFilter.register(context, guard));
            case ADDED_BY_LISTENER ->
                isEe11
                        ? JettyWebSockets11.addedByListener(context -> TokenGuardFilter.register(context, guard))
                        : JettyWebSockets10.addedByListener(context -> TokenGuardFilter.register(context, guard));
            case REPLACED_LATE ->
                isEe11
                        ? JettyWebSockets11.replacedLate(context -> TokenGuardFilter.register(context, guard))
                        : JettyWebSockets10.replacedLate(context -> TokenGuardFilter.register(context, guard));
            case PREPENDED_LATE ->
                isEe11
                        ? JettyWebSockets11.prependedLate(context -> TokenGuardFilter.register(context, guard))
                        : JettyWebSockets10.prependedLate(context -> TokenGuardFilter.register(context, guard));
        };
    }

    private Path deployed() {
        try {
            String declaration = DocumentedDeclaration.read()
                    .replace("https://issuer.example.com", issuer.issuer())
                    .replace("GET /api/orders/** scope orders:read", "/ws/** authenticated");
            Files.createDirectories(folder.resolve("WEB-INF"));
            Files.writeString(
                    folder.resolve("WEB-INF/web.xml"),
                    "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">" + declaration
                            + "</web-app>");
            return folder;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private int get(String path, String lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            socket.setSoTimeout(20_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            String status = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            return Integer.parseInt(status.split(" ", -1)[1]);
        }
    }

    private String bearer() {
        return "Authorization: Bearer " + issuer.token().sign() + "\r\n";
    }
}
