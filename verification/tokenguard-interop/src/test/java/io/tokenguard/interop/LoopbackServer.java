package io.tokenguard.interop;

import java.net.URI;
import java.util.function.BiConsumer;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A web server on a free port of this machine. */
final class LoopbackServer implements AutoCloseable {
    private final Server server = new Server();
    private final URI address;

    private LoopbackServer(BiConsumer<ServletContextHandler, URI> application) throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        connector.open();
        address = URI.create("http://127.0.0.1:" + connector.getLocalPort());
        ServletContextHandler context = new ServletContextHandler();
        application.accept(context, address);
        server.setHandler(context);
    }

    /**
     * Starts an application.
     *
     * @param application is told the address that it will be found at, before the server takes requests
     */
    static LoopbackServer start(BiConsumer<ServletContextHandler, URI> application) throws Exception {
        LoopbackServer started = new LoopbackServer(application);
        try {
            started.server.start();
        } catch (Exception failure) {
            started.close();
            throw failure;
        }
        return started;
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
