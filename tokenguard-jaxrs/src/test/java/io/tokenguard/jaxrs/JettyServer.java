package io.tokenguard.jaxrs;

import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A Jetty with one servlet, and the filter before it if the application wants that. */
final class JettyServer {
    private JettyServer() {}

    static RunningServer start(RestApplication application, ServletContextHandler context, Servlet servlet)
            throws Exception {
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        if (application.trustsForwarding()) {
            http.addCustomizer(new ForwardedRequestCustomizer());
        }
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        if (application.isFiltered()) {
            context.addServletContainerInitializer(
                    (classes, started) -> TokenGuardFilter.register(started, application.guard()));
        }
        application.filters().forEach(filter -> {
            FilterHolder holder = new FilterHolder(filter);
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        });
        application.servlets().forEach((path, other) -> {
            ServletHolder holder = new ServletHolder(other);
            holder.setAsyncSupported(true);
            context.addServlet(holder, path);
        });
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        holder.setInitOrder(1);
        context.addServlet(holder, "/*");
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception failure) {
            server.stop();
            throw failure;
        }
        return new RunningServer(connector.getLocalPort(), server::stop);
    }
}
