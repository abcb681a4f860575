package io.tokenguard.websocket;

import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.FilterMapping;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.ee11.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.websocket.api.Session;

/** Jetty's applications with WebSocket endpoints at {@code /ws/echo}, and the ways to put the filter before them. */
final class JettyWebSockets11 {
    private JettyWebSockets11() {}

    /** The filter is declared in a {@code web.xml}. */
    static Handler declared(Path application) {
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setBaseResourceAsPath(application);
        context.setParentLoaderPriority(true);
        context.setThrowUnavailableOnStartupException(true);
        withEndpoint(context);
        return context;
    }

    /** An application with these endpoints behind the filter. */
    static Handler streaming(Consumer<ServletContext> registration, List<ServerEndpointConfig> endpoints) {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServletContainerInitializer((classes, servlets) -> registration.accept(servlets));
        JakartaWebSocketServletContainerInitializer.configure(context, (servlets, container) -> {
            for (ServerEndpointConfig endpoint : endpoints) {
                container.addEndpoint(endpoint);
            }
        });
        return context;
    }

    /** The filter is added to the handler before the endpoints are. */
    static Handler heldFirst(TokenGuardFilter filter) {
        ServletContextHandler context = new ServletContextHandler("/");
        FilterHolder holder = new FilterHolder(filter);
        holder.setName("tokens");
        FilterMapping mapping = new FilterMapping();
        mapping.setFilterName("tokens");
        mapping.setPathSpec("/*");
        context.getServletHandler().addFilter(holder, mapping);
        withEndpoint(context);
        return context;
    }

    /** An initializer that runs before the one of the endpoints registers the filter. */
    static Handler registeredFirst(Consumer<ServletContext> registration) {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServletContainerInitializer((classes, servlets) -> registration.accept(servlets));
        withEndpoint(context);
        return context;
    }

    /** A servlet adds the endpoint when the first request comes. */
    static Handler addedLate(Consumer<ServletContext> registration) {
        ServletContextHandler context = new ServletContextHandler("/");
        JettyWebSocketServletContainerInitializer.configure(context, null);
        context.addServletContainerInitializer((classes, servlets) -> registration.accept(servlets));
        context.addServlet(new Adding(), "/open");
        return context;
    }

    /** A listener that runs after the filter is registered adds the endpoint. */
    static Handler addedByListener(Consumer<ServletContext> registration) {
        ServletContextHandler context = new ServletContextHandler("/");
        JettyWebSocketServletContainerInitializer.configure(context, null);
        context.addServletContainerInitializer((classes, servlets) -> registration.accept(servlets));
        context.addEventListener(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                JettyWebSocketServerContainer.getContainer(event.getServletContext())
                        .addMapping("/ws/echo", (upgrade, answer) -> new Quiet());
            }
        });
        context.addServlet(new Mapping((handler, mapping) -> {}), "/open");
        return context;
    }

    /** A servlet puts another filter that answers upgrades before all others when the first request comes. */
    static Handler prependedLate(Consumer<ServletContext> registration) {
        return mappedLate(registration, ServletHandler::prependFilterMapping);
    }

    /** The same, by a list of all mappings. */
    static Handler replacedLate(Consumer<ServletContext> registration) {
        return mappedLate(
                registration,
                (handler, mapping) -> handler.setFilterMappings(
                        Stream.concat(Stream.of(mapping), Stream.of(handler.getFilterMappings()))
                                .toArray(FilterMapping[]::new)));
    }

    private static Handler mappedLate(
            Consumer<ServletContext> registration, BiConsumer<ServletHandler, FilterMapping> change) {
        ServletContextHandler context = new ServletContextHandler("/");
        JettyWebSocketServletContainerInitializer.configure(
                context, (servlets, container) -> container.addMapping("/ws/echo", (upgrade, answer) -> new Quiet()));
        context.addServletContainerInitializer((classes, servlets) -> registration.accept(servlets));
        context.addServlet(new Mapping(change), "/open");
        return context;
    }

    private static final class Mapping extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient BiConsumer<ServletHandler, FilterMapping> change;

        Mapping(BiConsumer<ServletHandler, FilterMapping> change) {
            this.change = change;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            FilterHolder holder = new FilterHolder(new WebSocketUpgradeFilter());
            holder.setName("upgrades");
            FilterMapping mapping = new FilterMapping();
            mapping.setFilterName("upgrades");
            mapping.setPathSpec("/*");
            ServletHandler handler = ServletContextHandler.getServletContextHandler(getServletContext())
                    .getServletHandler();
            handler.addFilter(holder);
            change.accept(handler, mapping);
        }
    }

    private static final class Adding extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            JettyWebSocketServerContainer.getContainer(getServletContext())
                    .addMapping("/ws/echo", (upgrade, answer) -> new Quiet());
        }
    }

    private static void withEndpoint(ServletContextHandler context) {
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, container) -> container.addEndpoint(QuietEndpoint.configuration()));
    }

    private static final class Quiet implements Session.Listener {}
}
