package io.tokenguard.bench.http;

import io.tokenguard.bench.peer.GuardSettings;
import io.tokenguard.bench.token.Trust;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A Jetty on a free port of the loopback address that serves one servlet, guarded in one of several ways. */
public final class OrdersServer implements AutoCloseable {
    private static final int LARGEST_HEADER = 16 * 1024;

    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty, 1, 1);
    private final AutoCloseable guard;

    /** Starts to listen. */
    public OrdersServer(Guarding guarding, Trust trust) throws Exception {
        connector.setHost("127.0.0.1");
        connector
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration()
                .setRequestHeaderSize(LARGEST_HEADER);
        jetty.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        guard = guarding.protect(context, trust);
        context.addServlet(new ServletHolder(new OrdersServlet()), GuardSettings.PATH);
        jetty.setHandler(context);
        jetty.start();
    }

    /** Where it listens. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            jetty.stop();
            guard.close();
        } catch (Exception failure) {
            throw new IllegalStateException("The server could not be stopped", failure);
        }
    }
}
