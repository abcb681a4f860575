package io.tokenguard.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Revocation;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.servlet.WebSocketTokens;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session ends with its token, wherever the token came from (RFC 6455 §7.4: 1008, or 1013 if it can't be decided). */
class WatchedSessionTest {
    private static final int VIOLATED_POLICY = 1008;
    private static final int TRY_AGAIN_LATER = 1013;

    private final TestClock clock = TestClock.startingAt(Instant.now());
    private final TestIssuer issuer = TestIssuer.start();
    private final Server jetty = new Server();
    private TokenGuard guard;
    private ServerConnector connector;

    @BeforeEach
    void start() throws Exception {
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .clock(clock)
                .acceptTokenInWebSocketProtocol()
                .route("/ws/orders authenticated")
                .route("/ws/late public")
                .build();
        WebSocketTokens tokens = new WebSocketTokens(guard);
        Consumer<ServletContext> filter = context -> TokenGuardFilter.register(context, guard);
        List<ServerEndpointConfig> endpoints =
                List.of(OrderFeed.at("/ws/orders", tokens), LateOrderFeed.at("/ws/late", tokens));
        Handler application = System.getProperty("jetty.ee", "").equals("11")
                ? JettyWebSockets11.streaming(filter, endpoints)
                : JettyWebSockets10.streaming(filter, endpoints);
        jetty.setHandler(application);
        connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        jetty.start();
    }

    @AfterEach
    void stop() throws Exception {
        jetty.stop();
        guard.close();
        issuer.close();
    }

    private String tokenOf(String subject) {
        return issuer.token().subject(subject).scope("orders:read").sign();
    }

    private HeardSession open(String path, String authorization, String... protocols) {
        return HeardSession.open(connector.getLocalPort(), path, authorization, protocols);
    }

    private HeardSession opened() throws InterruptedException {
        HeardSession session = open("/ws/orders", "Bearer " + tokenOf("alice"));
        assertThat(session.message()).isEqualTo("orders of alice");
        return session;
    }

    private HeardSession loggedIn() throws InterruptedException {
        HeardSession session = open("/ws/late", "");
        session.say(tokenOf("alice"));
        assertThat(session.message()).isEqualTo("orders of alice");
        return session;
    }

    private void revokeAlice() {
        guard.revoke(Revocation.subject(issuer.issuer(), "alice"));
    }

    @Test
    void endsWhenItsTokenIsRevokedAndOthersGoOn() throws Exception {
        HeardSession session = opened();
        HeardSession other = open("/ws/orders", "Bearer " + tokenOf("bob"));
        revokeAlice();
        assertThat(session.closeCode()).isEqualTo(VIOLATED_POLICY);
        assertThat(other.isOpen()).isTrue();
    }

    @Test
    void endsWhenItsTokenExpires() throws Exception {
        HeardSession session = opened();
        clock.advance(Duration.ofHours(2));
        assertThat(session.closeCode()).isEqualTo(VIOLATED_POLICY);
    }

    @Test
    void endsForLaterWhenItsGuardIsClosed() throws Exception {
        HeardSession session = opened();
        guard.close();
        assertThat(session.closeCode()).isEqualTo(TRY_AGAIN_LATER);
    }

    @Test
    void takesATokenAmongTheSubprotocolsAndDoesNotChooseIt() throws Exception {
        HeardSession session = open("/ws/orders", "", "bearer." + tokenOf("alice"), "orders.v1");
        assertThat(session.protocol()).isEqualTo("orders.v1");
        assertThat(session.message()).isEqualTo("orders of alice");
        revokeAlice();
        assertThat(session.closeCode()).isEqualTo(VIOLATED_POLICY);
    }

    @Test
    void doesNotBeginWithABadTokenAmongTheSubprotocols() {
        assertThatThrownBy(() -> open("/ws/orders", "", "orders.v1", "bearer.x"))
                .hasStackTraceContaining("status code 401");
    }

    @Test
    void takesATokenInItsFirstMessage() throws Exception {
        HeardSession session = loggedIn();
        revokeAlice();
        assertThat(session.closeCode()).isEqualTo(VIOLATED_POLICY);
    }

    @Test
    void endsIfTheTokenInItsFirstMessageIsBad() throws Exception {
        HeardSession session = open("/ws/late", "");
        session.say("eyJ");
        assertThat(session.closeCode()).isEqualTo(VIOLATED_POLICY);
    }

    @Test
    void endsIfNoTokenComesInTime() throws Exception {
        HeardSession session = open("/ws/late", "");
        HeardSession loggedIn = loggedIn();
        clock.advance(Duration.ofSeconds(11));
        assertThat(session.closeCode()).isEqualTo(VIOLATED_POLICY);
        assertThat(loggedIn.isOpen()).isTrue();
    }

    @Test
    void goesOnWithAFreshTokenOfTheSameUser() throws Exception {
        HeardSession session = loggedIn();
        String fresh = issuer.token()
                .subject("alice")
                .scope("orders:read")
                .expiresIn(Duration.ofHours(5))
                .sign();
        session.say(fresh);
        assertThat(session.message()).isEqualTo("orders of alice");
        clock.advance(Duration.ofHours(2));
        HeardSession late = open("/ws/late", "");
        clock.advance(Duration.ofSeconds(11));
        assertThat(late.closeCode()).as("checks have run since").isEqualTo(VIOLATED_POLICY);
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void endsIfAFurtherTokenIsOfAnotherUser() throws Exception {
        HeardSession session = loggedIn();
        session.say(tokenOf("bob"));
        assertThat(session.closeCode()).isEqualTo(VIOLATED_POLICY);
    }
}
