package io.tokenguard.jaxrs;

import jakarta.ws.rs.core.Application;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

final class JerseyServer {
    private JerseyServer() {}

    static RunningServer start(RestApplication application) {
        return start(config(application));
    }

    static RunningServer start(Application application) {
        return start(ResourceConfig.forApplication(application));
    }

    static RunningServer startServlet(Application application) throws Exception {
        return JettyServer.start(
                new RestApplication(),
                new ServletContextHandler(),
                new ServletContainer(ResourceConfig.forApplication(application)));
    }

    private static RunningServer start(ResourceConfig config) {
        return running(GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), config));
    }

    /** A server of Grizzly that has started. */
    static RunningServer running(Object grizzly) {
        HttpServer server = (HttpServer) grizzly;
        return new RunningServer(server.getListener("grizzly").getPort(), server::shutdownNow);
    }

    static RunningServer startServlet(RestApplication application) throws Exception {
        return JettyServer.start(application, new ServletContextHandler(), new ServletContainer(config(application)));
    }

    private static ResourceConfig config(RestApplication application) {
        ResourceConfig config = new ResourceConfig();
        application.components().forEach(config::register);
        application.resources().forEach(resource -> {
            if (resource instanceof Class<?> type) {
                config.register(type);
            } else {
                config.register(resource);
            }
        });
        application.jerseyResources().forEach(add -> add.accept(config));
        return config;
    }
}
