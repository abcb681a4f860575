package io.tokenguard.examples.quickstart;

import io.tokenguard.TokenGuard;
import io.tokenguard.jaxrs.TokenGuardFeature;
import io.tokenguard.servlet.BackChannelLogoutServlet;
import io.tokenguard.servlet.SecurityEventServlet;
import io.tokenguard.servlet.TokenGuardFilter;
import java.io.IOException;
import java.net.URI;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;

/** A Jetty on this machine's loopback address with the filter before everything. */
final class GuardedServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Server jetty;
    private final URI address;

    private GuardedServer(Server jetty, URI address) {
        this.jetty = jetty;
        this.address = address;
    }

    /**
     * Starts to listen.
     *
     * @param guard builds the guard once the address is known, as the guard's metadata contain it
     * @throws IllegalArgumentException if the port is not free
     */
    static GuardedServer start(int port, Function<URI, TokenGuard> guard) {
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
        URI address = URI.create("http://" + HOST + ":" + connector.getLocalPort());
        jetty.setHandler(application(guard.apply(address)));
        GuardedServer server = new GuardedServer(jetty, address);
        server.serve();
        return server;
    }

    private void serve() {
        try {
            jetty.start();
        } catch (Exception failure) {
            throw new IllegalStateException("The server could not be started", failure);
        }
    }

    private static ServletContextHandler application(TokenGuard guard) {
        ServletContextHandler application = new ServletContextHandler();
        application.addServletContainerInitializer((classes, context) -> TokenGuardFilter.register(context, guard));
        application.addServlet(new PublicServlet(), "/public");
        application.addServlet(new IdentityServlet(), "/api/me");
        application.addServlet(new OrdersServlet(), "/api/orders");
        application.addServlet(new AdminServlet(), "/api/admin");
        application.addServlet(rest(guard), "/rest/*");
        application.addServlet(new BackChannelLogoutServlet(guard), "/backchannel-logout");
        application.addServlet(new SecurityEventServlet(guard), "/events");
        return application;
    }

    /** Resources that the same guard protects by annotations: the filter's route leaves these paths to it. */
    private static ServletHolder rest(TokenGuard guard) {
        ServletHolder holder =
                new ServletHolder(new ServletContainer(new ResourceConfig(RestIdentity.class, RestOrders.class)
                        .register(TokenGuardFeature.builder(guard).strict().build())
                        .property(ServerProperties.WADL_FEATURE_DISABLE, true)));
        holder.setAsyncSupported(true);
        holder.setInitOrder(1);
        return holder;
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("The server could not be stopped", failure);
        }
    }
}
