package io.tokenguard.examples.mcp;

import io.tokenguard.TokenGuard;
import io.tokenguard.servlet.TokenGuardFilter;
import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A Jetty on this machine's loopback address with the filter before everything. */
final class GuardedServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String PATH = "/mcp";

    private final Server jetty;
    private final TokenGuard guard;
    private final URI endpoint;

    private GuardedServer(Server jetty, TokenGuard guard, URI endpoint) {
        this.jetty = jetty;
        this.guard = guard;
        this.endpoint = endpoint;
    }

    /** Builds the guard once the address is known. */
    @FunctionalInterface
    interface GuardOf {
        TokenGuard at(URI endpoint);
    }

    /**
     * Starts to listen. The guard is closed with the server.
     *
     * @throws IllegalArgumentException if the port can't be had
     */
    static GuardedServer start(int port, GuardOf settings) {
        Server jetty = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
        connector.setHost(HOST);
        connector.setPort(port);
        jetty.addConnector(connector);
        try {
            connector.open();
        } catch (IOException failure) {
            throw new IllegalArgumentException("--port is '" + port + "': it can't be had; name another", failure);
        }
        URI endpoint = URI.create("http://" + HOST + ":" + connector.getLocalPort() + PATH);
        TokenGuard guard = settings.at(endpoint);
        jetty.setHandler(application(guard, endpoint));
        GuardedServer server = new GuardedServer(jetty, guard, endpoint);
        server.serve();
        return server;
    }

    private static ServletContextHandler application(TokenGuard guard, URI endpoint) {
        ServletContextHandler application = new ServletContextHandler();
        application.addServletContainerInitializer((classes, context) -> TokenGuardFilter.register(context, guard));
        application.addServlet(new McpEndpoint(endpoint), PATH);
        return application;
    }

    private void serve() {
        try {
            jetty.start();
        } catch (Exception failure) {
            throw new IllegalStateException("The server could not be started", failure);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("The server could not be stopped", failure);
        } finally {
            guard.close();
        }
    }
}
