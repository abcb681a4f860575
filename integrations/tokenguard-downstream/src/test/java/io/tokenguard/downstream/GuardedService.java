package io.tokenguard.downstream;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestJson;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An API in Jetty, guarded by the filter and configured by properties. */
record GuardedService(Server server, TokenGuard guard, URI address) implements AutoCloseable {
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    static Map<String, String> properties(TestIssuer issuer, String audience, Map<String, String> further) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "tokenguard.issuer-uri",
                issuer.issuer(),
                "tokenguard.audiences",
                audience,
                "tokenguard.routes.all",
                "/** authenticated"));
        properties.putAll(further);
        return properties;
    }

    static TokenGuard guard(TestIssuer issuer, String audience, Map<String, String> further) {
        TokenGuard guard = GuardProperties.of(properties(issuer, audience, further)).toBuilder()
                .build();
        guard.awaitReady(Duration.ofSeconds(10));
        return guard;
    }

    /** Answers with the claims of the token that it gets. */
    static GuardedService inner(TestIssuer issuer, String audience) {
        return start(guard(issuer, audience, Map.of()), new Claims());
    }

    /** Calls an address in the name of its caller, and answers as that does; 502 if there is no token. */
    static GuardedService outer(TokenGuard guard, URI inner) {
        return start(guard, new Calling(RelayHttpClient.of(TokenRelay.of(guard), CLIENT), inner));
    }

    private static GuardedService start(TokenGuard guard, HttpServlet servlet) {
        ServletContextHandler application = new ServletContextHandler();
        application.addServletContainerInitializer((classes, context) -> TokenGuardFilter.register(context, guard));
        application.addServlet(new ServletHolder(servlet), "/*");
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(application);
        try {
            server.start();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        return new GuardedService(server, guard, URI.create("http://127.0.0.1:" + connector.getLocalPort()));
    }

    private static final class Claims extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AccessToken token = (AccessToken) request.getAttribute(AccessToken.class.getName());
            response.getWriter().write(TestJson.write(token.claims()));
        }
    }

    private static final class Calling extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient RelayHttpClient client;
        private final URI inner;

        Calling(RelayHttpClient client, URI inner) {
            this.client = client;
            this.inner = inner;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AccessToken token = (AccessToken) request.getAttribute(AccessToken.class.getName());
            Caller caller = Caller.of(token, request.getHeader("Authorization"));
            try {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(inner).build(),
                        HttpResponse.BodyHandlers.ofString(),
                        Optional.of(caller));
                response.setStatus(answer.statusCode());
                response.getWriter().write(answer.body());
            } catch (RelayException none) {
                response.setStatus(502);
                response.getWriter().write(none.reason() + " " + none.getMessage());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                response.setStatus(503);
            }
        }
    }

    HttpResponse<String> get(String token) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/"))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        } finally {
            guard.close();
        }
    }
}
