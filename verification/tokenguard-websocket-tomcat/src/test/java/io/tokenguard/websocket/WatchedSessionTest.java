package io.tokenguard.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Revocation;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.servlet.WebSocketTokens;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On Tomcat, too, a session ends with its token; a token among the subprotocols is not even offered to the endpoint. */
class WatchedSessionTest {
    private final TestClock clock = TestClock.startingAt(Instant.now());
    private final TestIssuer issuer = TestIssuer.start();
    private final Tomcat tomcat = new Tomcat();
    private final List<String> offered = new CopyOnWriteArrayList<>();
    private TokenGuard guard;
    private WebSocketTokens tokens;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .clock(clock)
                .acceptTokenInWebSocketProtocol()
                .route("/ws authenticated")
                .build();
        tokens = new WebSocketTokens(guard);
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", folder.toString());
        context.addServletContainerInitializer(
                (classes, servlets) -> TokenGuardFilter.register(servlets, guard), Set.of());
        context.addServletContainerInitializer(new WsSci(), Set.of());
        context.addServletContainerInitializer(
                (classes, servlets) -> {
                    servlets.addServlet("files", new DefaultServlet()).addMapping("/");
                    ServerContainer container =
                            (ServerContainer) servlets.getAttribute(ServerContainer.class.getName());
                    try {
                        container.addEndpoint(endpoint());
                    } catch (DeploymentException failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                Set.of());
        tomcat.start();
    }

    private ServerEndpointConfig endpoint() {
        return ServerEndpointConfig.Builder.create(WatchedEndpoint.class, "/ws")
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(new WatchedEndpoint(tokens));
                    }

                    @Override
                    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
                        offered.addAll(requested);
                        return requested.isEmpty() ? "" : requested.get(0);
                    }
                })
                .build();
    }

    /** Watches its sessions. Public because the container asks for it. */
    public static final class WatchedEndpoint extends Endpoint {
        private final WebSocketTokens tokens;

        WatchedEndpoint(WebSocketTokens tokens) {
            this.tokens = tokens;
        }

        @Override
        public void onOpen(Session session, EndpointConfig configuration) {
            var unused = tokens.opened(session);
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            tokens.closed(session);
        }
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        guard.close();
        issuer.close();
    }

    private WebSocket open(WebSocket.Builder builder, CompletableFuture<Integer> closed) {
        URI address = URI.create("ws://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/ws");
        return builder.buildAsync(address, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                })
                .join();
    }

    private WebSocket.Builder client() {
        return HttpClient.newHttpClient().newWebSocketBuilder();
    }

    private String token() {
        return issuer.token().subject("alice").sign();
    }

    @Test
    void endsWhenItsTokenIsRevoked() throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket unused = open(client().header("Authorization", "Bearer " + token()), closed);
        guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
    }

    @Test
    void endsWhenItsTokenExpires() throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket unused = open(client().header("Authorization", "Bearer " + token()), closed);
        clock.advance(Duration.ofHours(2));
        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
    }

    @Test
    void neverOffersTheTokenToTheEndpoint() throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket session = open(client().subprotocols("bearer." + token(), "orders.v1"), closed);
        assertThat(offered).containsExactly("orders.v1");
        assertThat(session.getSubprotocol()).isEqualTo("orders.v1");
        guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(1008);
    }
}
