package io.tokenguard.browser;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * An application with a console.
 *
 * @param issuer makes tokens
 * @param console the console's address
 */
record GuardedSite(TestIssuer issuer, TokenGuard guard, Server server, URI console) implements AutoCloseable {
    private static final String AUDIENCE = "https://api.example.com";

    static GuardedSite start() throws Exception {
        TestIssuer issuer = TestIssuer.builder().audience(AUDIENCE).start();
        TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .build())
                .route("GET /orders/** scope orders:read")
                .route("GET /me authenticated")
                .consolePath("/console")
                .consoleScope("console")
                .build();
        if (!guard.awaitReady(Duration.ofSeconds(20))) {
            throw new IllegalStateException("the guard is not ready");
        }
        ServletContextHandler application = new ServletContextHandler();
        application.addServletContainerInitializer((classes, context) -> TokenGuardFilter.register(context, guard));
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
        server.start();
        return new GuardedSite(
                issuer, guard, server, URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/console/"));
    }

    String operatorToken() {
        return issuer.token().subject("olga").clientId("ops").scope("console").sign();
    }

    String userToken() {
        return issuer.token()
                .subject("alice")
                .clientId("shop")
                .scope("orders:read")
                .issuedAt(Instant.now().minusSeconds(5))
                .sign();
    }

    /** The console's address with an operator's token, as the quickstart prints it. */
    URI signedIn() {
        return URI.create(console + "#token=" + operatorToken());
    }

    boolean isGranted(String path, String token) {
        return guard.decide(IncomingRequest.builder("GET", path)
                        .overTls()
                        .header("Authorization", "Bearer " + token)
                        .build())
                instanceof Decision.Granted;
    }

    /** Some traffic, so that there is something to see. */
    void traffic(int requests) {
        String good = userToken();
        for (int i = 0; i < requests; i++) {
            boolean unused = isGranted("/orders/" + i % 7, good);
        }
        for (String refused : new String[] {
            issuer.token().subject("bob").clientId("shop").sign(),
            good + "x",
            issuer.token()
                    .subject("mallory")
                    .clientId("app")
                    .audience("https://other.example")
                    .sign(),
            issuer.token()
                    .issuedAt(Instant.now().minusSeconds(600))
                    .expiresAt(Instant.now().minusSeconds(300))
                    .sign()
        }) {
            boolean unused = isGranted("/orders/1", refused);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the server could not be stopped", failure);
        }
        guard.close();
        issuer.close();
    }
}
