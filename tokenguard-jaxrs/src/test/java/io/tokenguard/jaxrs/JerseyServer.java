package io.tokenguard.jaxrs;

import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

final class JerseyServer {
    private JerseyServer() {}

    static RunningServer start(RestApplication application) {
        HttpServer server =
                JdkHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), config(application), false);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.start();
        return new RunningServer(server.getAddress().getPort(), () -> {
            server.stop(0);
            threads.shutdownNow();
        });
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
