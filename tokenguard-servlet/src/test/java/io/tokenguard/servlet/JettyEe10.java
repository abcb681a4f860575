package io.tokenguard.servlet;

import io.tokenguard.TokenGuard;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

final class JettyEe10 {
    private JettyEe10() {}

    static RunningServer start(Application application) throws Exception {
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(128 * 1024);
        http.setUriCompliance(application.isLax() ? UriCompliance.UNSAFE : UriCompliance.DEFAULT);
        if (application.trustsForwarding()) {
            http.addCustomizer(new ForwardedRequestCustomizer());
        }
        ServerConnector connector =
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost(application.address());
        server.addConnector(connector);
        server.setHandler(context(application));
        try {
            server.start();
        } catch (Exception failure) {
            server.stop();
            throw failure;
        }
        return new RunningServer(connector.getLocalPort(), server::stop);
    }

    /** One guarded page, for servers that listen in their own way. */
    static Handler guardedPage(TokenGuard guard, String path) {
        ServletContextHandler context = new ServletContextHandler();
        context.addServletContainerInitializer((classes, servlets) -> TokenGuardFilter.register(servlets, guard));
        context.addServlet(new PageServlet(path, Page::identity, new CopyOnWriteArrayList<>()), path);
        return context;
    }

    private static ServletContextHandler context(Application application) {
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath(application.contextPath().isEmpty() ? "/" : application.contextPath());
        context.setBaseResourceAsPath(application.documentRoot());
        context.setWelcomeFiles(application.welcomeFiles().toArray(String[]::new));
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        application.errorPages().forEach((status, path) -> errors.addErrorPage((int) status, path));
        context.setErrorHandler(errors);
        context.setAllowNullPathInContext(application.isLax());
        context.getServletHandler().setDecodeAmbiguousURIs(application.isLax());
        context.addServletContainerInitializer(application);
        if (application.servesFiles()) {
            ServletHolder files = new ServletHolder("default", DefaultServlet.class);
            files.setInitParameter("welcomeServlets", "true");
            context.addServlet(files, "/");
        }
        return context;
    }
}
