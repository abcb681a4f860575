package io.tokenguard.websocket;

import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.FilterMapping;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.websocket.api.Session;

/** Jetty's applications with WebSocket endpoints at {@code /ws/echo}, and the ways to put the filter before them. */
final class JettyWebSockets10 {
    private JettyWebSockets10() {}

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
