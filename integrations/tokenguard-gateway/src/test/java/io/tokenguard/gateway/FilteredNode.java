package io.tokenguard.gateway;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.servlet.TokenGuardFilter;
import io.tokenguard.testkit.TestIssuer;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** One of several nodes of an API: a Jetty with the filter, configured by properties. */
record FilteredNode(Server server, TokenGuard guard, URI address) implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static FilteredNode start(TestIssuer issuer, Map<String, String> further) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "tokenguard.issuer-uri",
                issuer.issuer(),
                "tokenguard.audiences",
                GuardedApi.AUDIENCE,
                "tokenguard.routes.orders",
                "/orders/** authenticated"));
        properties.putAll(further);
        TokenGuard guard = GuardProperties.of(properties).toBuilder().build();
        guard.awaitReady(Duration.ofSeconds(10));
        return start(guard);
    }

    static FilteredNode start(TokenGuard guard) {
        return start(guard, new Orders());
    }

    static FilteredNode start(TokenGuard guard, Servlet servlet) {
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
        return new FilteredNode(server, guard, URI.create("http://127.0.0.1:" + connector.getLocalPort()));
    }

    private static final class Orders extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("served");
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            long length = request.getInputStream().transferTo(OutputStream.nullOutputStream());
            response.getWriter().write("read " + length);
        }
    }

    HttpResponse<String> get(String path, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
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

    int status(String token) {
        return get("/orders", token).statusCode();
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
